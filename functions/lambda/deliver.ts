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
  const [shards, parked, hold] = await Promise.all([
    Promise.all(SHARDS.map((shard) => desk.store.owed(shard))),
    desk.store.parked(),
    desk.store.mailHold(),
  ]);
  const now = desk.clock.now();
  const owed = shards.flat();
  // what is held waits on purpose, and how long it has is measured by itself
  const due = owed.filter(({ about }) => about === 'sign-in' || !hold?.held).map(({ dueAt }) => dueAt);
  const oldest = due.reduce((age, at) => Math.max(age, now - at), 0);
  measure({
    OutboxAge: [oldest / 1000, 'Seconds'],
    OutboxLength: [owed.length, 'Count'],
    MailHeld: [hold?.held ? (now - hold.since) / 1000 : 0, 'Seconds'],
    MailParked: [parked.length, 'Count'],
  });
}
