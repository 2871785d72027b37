import type { RegistrationId } from '../domain/ids.ts';
import type { RegistrationStatus } from '../domain/registration.ts';
import type { UnreadableItem } from '../domain/unreadable.ts';

/** What a line of the log may hold: names, numbers and our own ids. Nothing that a person wrote has a place here. */
export interface LogLine {
  readonly what:
    | 'request'
    | 'error'
    | 'commit'
    | 'mail'
    | 'delivered'
    | 'swept'
    | 'returned'
    | 'answered'
    | 'unreadable';
  /** The pattern of the route, never the path: paths hold personal secrets. */
  readonly route?: string;
  /** Registrations that it is about, and what a change makes of them. An id says nothing to anybody without the table. */
  readonly registrations?: readonly { readonly id: RegistrationId; readonly status?: RegistrationStatus }[];
  /** What became of a change or a message, and which kind of message it was. */
  readonly outcome?: string;
  readonly kind?: string;
  readonly method?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly count?: number;
  readonly failed?: number;
  /** The kind of an error and where in our code it came from; never its message, which may name a person. */
  readonly error?: string;
  readonly at?: readonly string[];
  /** An item's key, made only of our own ids, and which part of it can't be read. */
  readonly item?: string;
  readonly why?: string;
}

let requestId: string | undefined;

/** The trace that Lambda keeps of this call in X-Ray: `1-5759e988-bd862e3fe1be46a994272793`. */
const traceId = (): string | undefined => /Root=([\w-]+)/.exec(process.env['_X_AMZN_TRACE_ID'] ?? '')?.[1];

/** Says which request the lines that follow belong to: an environment of Lambda works on one at a time. */
export function workingOn(request: string): void {
  requestId = request;
}

/** Writes one line of JSON. Not `console.log`: Lambda would put words before it, and CloudWatch could not read it. */
export function log(line: LogLine, level: 'info' | 'error' = 'info'): void {
  process.stdout.write(
    `${JSON.stringify({ level, time: new Date().toISOString(), requestId, traceId: traceId(), ...line })}\n`,
  );
}

/** Keeps an error of ours on record. */
export function logError(error: unknown): void {
  log({ what: 'error', ...traceOf(error) }, 'error');
}

function traceOf(error: unknown): Pick<LogLine, 'error' | 'at'> {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  return { error: error.name, at: at.slice(0, 8).map((line) => line.trim()) };
}

/** Keeps on record that an item was met and left out; the number rings an alarm. */
export function logUnreadable({ subject, message }: UnreadableItem): void {
  log({ what: 'unreadable', item: subject, why: message }, 'error');
  measure({ UnreadableItems: [1, 'Count'] });
}

/** The CloudWatch namespace of the numbers of every stage. */
export const METRICS = 'TrainingDesk';

/** Writes numbers as CloudWatch takes them out of a log (embedded metric format): by stage, and by one thing more. */
export function measure(
  numbers: Readonly<Record<string, readonly [number, 'Count' | 'Seconds']>>,
  by: { readonly Outcome?: string; readonly Reason?: string } = {},
): void {
  const metrics = Object.entries(numbers).map(([Name, [, Unit]]) => ({ Name, Unit }));
  const line = {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{ Namespace: METRICS, Dimensions: [['Stage', ...Object.keys(by)]], Metrics: metrics }],
    },
    Stage: process.env['STAGE'] ?? 'unknown',
    ...by,
    ...Object.fromEntries(Object.entries(numbers).map(([name, [value]]) => [name, value])),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
