import type { Act } from './policy.ts';
import { ofType } from './template.ts';

const [[TABLE] = ['none']] = ofType('AWS::DynamoDB::Table');

type Item = { readonly pk: { readonly S: string } };
/** A read or a write of one item, or a part of a transaction. */
interface One {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ProjectionExpression?: string;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ReturnValues?: string;
}
interface Write {
  readonly Put?: One;
  readonly Update?: One;
  readonly Delete?: One;
  readonly ConditionCheck?: One;
}

const WORDS = /^(SET|REMOVE|ADD|DELETE|AND|OR|NOT|BETWEEN|IN|size|begins_with|contains|if_not_exists|list_append)$/;

/** The attributes at the top of an item that a call names. */
function attributesOf({ Item, Key, ...one }: One): string[] {
  const text = [one.ProjectionExpression, one.ConditionExpression, one.UpdateExpression].join(' ');
  const names = (text.match(/(?<![:\w.#])[#A-Za-z_]\w*/g) ?? [])
    .filter((word) => !WORDS.test(word) && !/^attribute_(not_)?(exists|type)$/.test(word))
    .map((word) => one.ExpressionAttributeNames?.[word] ?? word);
  return [...new Set([...Object.keys(Item ?? {}), ...Object.keys(Key ?? {}), ...names])];
}

/** What a call of DynamoDB does, in the words of IAM: a transaction is its parts. */
export function tableActs(operation: string, input: Record<string, unknown>): Act[] {
  const on = (action: string, leading: readonly string[], more: Act['keys'] = {}): Act => ({
    action: `dynamodb:${action}`,
    resource: `<${TABLE}>${typeof input['IndexName'] === 'string' ? `/index/${input['IndexName']}` : ''}`,
    keys: { ...(leading.length > 0 ? { 'dynamodb:LeadingKeys': leading } : {}), ...more },
  });
  const write = (action: string, one: One): Act =>
    on(action, [(one.Item ?? one.Key)?.pk.S ?? ''], {
      'dynamodb:Attributes': attributesOf(one),
      ...(one.ReturnValues ? { 'dynamodb:ReturnValues': [one.ReturnValues] } : {}),
    });
  const read = (action: string, leading: readonly string[], one: One): Act =>
    on(action, leading, {
      'dynamodb:Attributes': attributesOf(one),
      'dynamodb:Select': [one.ProjectionExpression ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES'],
    });
  switch (operation) {
    case 'Query': {
      const { ':pk': value } = input['ExpressionAttributeValues'] as { ':pk': { S: string } };
      return [on('Query', [value.S])];
    }
    case 'BatchGetItem': {
      const tables = Object.values(input['RequestItems'] as Record<string, One & { Keys: Item[] }>);
      return tables.map((one) =>
        read(
          'BatchGetItem',
          one.Keys.map(({ pk }) => pk.S),
          one,
        ),
      );
    }
    case 'BatchWriteItem': {
      const tables = Object.values(input['RequestItems'] as Record<string, { PutRequest: { Item: Item } }[]>);
      const items = tables.flatMap((puts) => puts.map(({ PutRequest }) => PutRequest.Item.pk.S));
      return [on('BatchWriteItem', items)];
    }
    case 'TransactWriteItems':
      return (input['TransactItems'] as Write[]).flatMap(({ Put, Update, Delete, ConditionCheck }) => [
        ...(Put ? [write('PutItem', Put)] : []),
        ...(Update ? [write('UpdateItem', Update)] : []),
        ...(Delete ? [write('DeleteItem', Delete)] : []),
        ...(ConditionCheck ? [write('ConditionCheckItem', ConditionCheck)] : []),
      ]);
    case 'GetItem': {
      const one = input as One;
      return [read(operation, [one.Key?.pk.S ?? ''], one)];
    }
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [write(operation, input)];
    default:
      return [on(operation, [])];
  }
}
