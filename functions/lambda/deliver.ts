import { senderOnAws } from '../compose/aws-mail.ts';
import { log, measure } from '../compose/log.ts';
import { deliverOutbox } from '../usecases/deliver-outbox.ts';
import { SHARDS } from '../usecases/store-port.ts';
import { stopBefore } from './deadline.ts';
import { scheduled } from './scheduled.ts';

const desk = await senderOnAws(process.env);

/** What is younger is left to the stream. */
const PATIENCE_MS = 2 * 60_000;

/**
 * Every minute: sends what the stream missed and what is to be tried again, and measures the outbox. A failure is
 * thrown when everything else is done, so that Lambda counts it.
 */
export const handler = scheduled(async (_event, context) => {
  try {
    const count = await deliverOutbox(desk, { patience: PATIENCE_MS, until: stopBefore(context) });
    log({ what: 'delivered', count, failed: 0 });
  } finally {
    await measureOutbox();
  }
});

async function measureOutbox(): Promise<void> {
  const [shards, parked] = await Promise.all([
    Promise.all(SHARDS.map((shard) => desk.store.owed(shard))),
    desk.store.parked(),
  ]);
  const due = shards.flat().map(({ dueAt }) => dueAt);
  const oldest = due.length === 0 ? 0 : Math.max(0, desk.clock.now() - Math.min(...due));
  measure({
    OutboxAge: [oldest / 1000, 'Seconds'],
    OutboxLength: [due.length, 'Count'],
    MailParked: [parked.length, 'Count'],
  });
}
