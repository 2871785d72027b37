import { deskOnAws } from '../compose/aws.ts';
import { log, measure } from '../compose/log.ts';
import { roomFor } from '../domain/seats.ts';
import { DAY, plus } from '../domain/time.ts';
import { sweep } from '../usecases/sweep.ts';
import { stopBefore } from './deadline.ts';
import { scheduled } from './scheduled.ts';

const desk = await deskOnAws(process.env, { signs: false });

/** The longest of its steps, a pool or a chunk of a list, and the measuring after them. */
const ONE_STEP_MS = 30_000;

/** Every minute: seats that came free and changes on their way. The guarantee behind what is best effort. */
export const handler = scheduled(async (_event, context) => {
  try {
    await sweep(desk, stopBefore(context, ONE_STEP_MS));
    log({ what: 'swept' });
  } finally {
    await measureWaiting();
  }
});

/** For how long somebody has waited beside a free seat: the promise that must never be broken for long. */
async function measureWaiting(): Promise<void> {
  const now = desk.clock.now();
  const events = await desk.store.events(now, plus(now, 366 * DAY));
  const pools = events.flatMap(({ event, pools: seen }) => (event.status === 'published' ? seen : []));
  const free = pools.filter(({ seats, waiting }) => waiting > 0 && roomFor(seats, now) > 0);
  const waits = free.map(async ({ seats }) => {
    const [head] = await desk.store.lineHead(seats.pool, 1);
    return head ? now - Math.max(head.ticket, head.entered) : 0;
  });
  const longest = Math.max(0, ...(await Promise.all(waits)));
  measure({ WaitingBesideSeat: [longest / 1000, 'Seconds'] });
}
