import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Capacity units as the engine reports them; refused writes, which it does not report and the service bills, worked out. */
export interface Counted {
  reads: number;
  writes: number;
  calls: number;
  refused: number;
}
export const nothing = (): Counted => ({ reads: 0, writes: 0, calls: 0, refused: 0 });

const WRITES = /^(Transact|Put|Update|Delete)/;
/** A transacted write of an item of up to 1 KB. */
const UNITS_OF_REFUSED = 2;

/** A client that asks for consumed capacity with every call and adds it up. */
export function countedClient(endpoint: string, counted: Counted): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  documents.middlewareStack.add(
    (next, context) => async (args) => {
      const writing = WRITES.test(context.commandName ?? '');
      counted.calls += 1;
      try {
        const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        const units = unitsIn(answer.output);
        if (writing) counted.writes += units;
        else counted.reads += units;
        return answer;
      } catch (error) {
        if (writing) {
          counted.refused += 1;
          counted.writes +=
            error instanceof TransactionCanceledException
              ? (error.CancellationReasons?.length ?? 1) * UNITS_OF_REFUSED
              : 1;
        }
        throw error;
      }
    },
    { step: 'initialize', priority: 'high', name: 'counted' },
  );
  return documents;
}

function unitsIn(output: object): number {
  if (!('ConsumedCapacity' in output)) return 0;
  const { ConsumedCapacity: consumed } = output;
  return (Array.isArray(consumed) ? consumed : [consumed]).reduce((sum: number, one: unknown) => sum + unitsOf(one), 0);
}
const unitsOf = (one: unknown): number =>
  one !== null && typeof one === 'object' && 'CapacityUnits' in one ? Number(one.CapacityUnits) : 0;
