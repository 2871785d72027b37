import { z } from 'zod';
import { signed } from '../../functions/compose/sigv4.ts';
import { ofType } from './template.ts';

const Streams = z.object({ Streams: z.array(z.object({ StreamArn: z.string() })).min(1) });
const Described = z.object({
  StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })).min(1) }),
});
const Iterator = z.object({ ShardIterator: z.string() });
const StreamRecord = z.looseObject({
  eventName: z.string(),
  dynamodb: z.looseObject({ Keys: z.object({ pk: z.object({ S: z.string() }) }), SequenceNumber: z.string() }),
});
const Got = z.object({ Records: z.array(StreamRecord), NextShardIterator: z.string().optional() });
type StreamRecord = z.output<typeof StreamRecord>;

/** The event source's filter, as the stack deploys it. */
const Pattern = z.object({
  eventName: z.array(z.string()),
  dynamodb: z.object({ Keys: z.object({ pk: z.object({ S: z.array(z.object({ prefix: z.string() })) }) }) }),
});

function passes({ eventName, dynamodb }: StreamRecord): boolean {
  const [[, mapping]] = ofType('AWS::Lambda::EventSourceMapping') as [
    [string, { FilterCriteria: { Filters: { Pattern: string }[] } }],
  ];
  return mapping.FilterCriteria.Filters.some(({ Pattern: text }) => {
    const pattern = Pattern.parse(JSON.parse(text));
    const { S } = pattern.dynamodb.Keys.pk;
    return pattern.eventName.includes(eventName) && S.some(({ prefix }) => dynamodb.Keys.pk.S.startsWith(prefix));
  });
}

/**
 * Reads a table's stream on the engine.
 * @returns what gives the records that came since the last time and pass the deployed filter, as Lambda would hand them
 */
export async function streamOf(engine: string, table: string): Promise<() => Promise<StreamRecord[]>> {
  const call = async (operation: string, input: object): Promise<unknown> => {
    const call = {
      method: 'POST' as const,
      url: new URL(engine),
      service: 'dynamodb',
      region: 'us-east-1',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
      },
      body: JSON.stringify(input),
    };
    const headers = signed(call, { accessKeyId: 'local', secretAccessKey: 'local' }, new Date());
    const answer = await fetch(engine, { method: 'POST', headers, body: call.body });
    if (!answer.ok) throw new Error(`${operation}: ${await answer.text()}`);
    return answer.json();
  };
  const [found] = Streams.parse(await call('ListStreams', { TableName: table })).Streams;
  const StreamArn = found?.StreamArn ?? '';
  const { Shards } = Described.parse(await call('DescribeStream', { StreamArn })).StreamDescription;
  const shard = { StreamArn, ShardId: Shards[0]?.ShardId };
  let { ShardIterator: next } = Iterator.parse(
    await call('GetShardIterator', { ...shard, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  return async () => {
    const records: StreamRecord[] = [];
    for (;;) {
      const got = Got.parse(await call('GetRecords', { ShardIterator: next }));
      records.push(...got.Records);
      next = got.NextShardIterator ?? next;
      if (got.Records.length === 0) return records.filter(passes);
    }
  };
}
