import { ACCESS } from '../../stacks/access.ts';

const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'BatchWriteItem'];

/** What the journeys do not come to, and why the functions may do it all the same. */
const ELSEWHERE = new Set([
  // an event that asks for the host of whoever wants its list: test/lambda/exports.test.ts
  'files reads HOST#*',
  // a form is kept while its person signs in again
  ...['api', 'desk'].flatMap((name) => [`${name} reads HELD#*`, `${name} writes HELD#*`]),
  // a line moves on while the request that freed a seat is still being answered
  'api writes LEASE#*',
  'desk writes LEASE#*',
  // messages that were given up, and sent again by staff
  'desk writes PARKED',
  // what follows a restore
  ...['EVENT', 'SEATS', 'LINE', 'ROSTER', 'OUT'].map((key) => `operator reads ${key}#*`),
  ...['ROSTER', 'OUT'].map((key) => `operator writes ${key}#*`),
  'operator queries gsi1 FY#*',
  // mail that staff hold and let go
  'desk writes SETTINGS',
  'desk reads OUT#*',
  'stream writes PARKED',
  // what the doctor mends where something is wrong, and reads where something is unfinished
  ...['EVENT', 'SEATS', 'ROSTER', 'LINE', 'LEASE', 'OUT', 'AUDIT'].map((key) => `doctor writes ${key}#*`),
  'doctor reads PROGRAMS',
  'doctor reads LINE#*',
]);

/**
 * What the deployed policies allow, nobody did, and no reason is given for.
 * @param acts what was done: `api dynamodb:PutItem table OUT`
 */
export function unused(acts: ReadonlySet<string>): string[] {
  const done = [...acts].map((line) => line.split(' '));
  const did = (name: string, on: string, pattern: string, is: (action: string) => boolean = () => true) =>
    done.some(
      ([by, action = '', resource, keys = '']) =>
        // the two senders run the same code, and the desk's forms the use cases that the API runs
        (by === name || (name === 'stream' && by === 'deliver') || (name === 'desk' && by === 'api')) &&
        resource === on &&
        is(action.slice('dynamodb:'.length)) &&
        keys.split(',').includes(pattern.replace(/#?\*$/, '')),
    );
  const writes = (action: string) => WRITES.includes(action);
  const reads = (action: string) => !writes(action);
  return Object.entries(ACCESS)
    .filter(([name]) => name !== 'deliver')
    .flatMap(([name, { read, write, indexes }]) => [
      ...read.filter((key) => !did(name, 'table', key, reads)).map((key) => `${name} reads ${key}`),
      ...write.filter((key) => !did(name, 'table', key, writes)).map((key) => `${name} writes ${key}`),
      ...Object.entries(indexes).flatMap(([index, keys]) =>
        keys.filter((key) => !did(name, `table/index/${index}`, key)).map((key) => `${name} queries ${index} ${key}`),
      ),
    ])
    .filter((one) => !ELSEWHERE.has(one));
}
