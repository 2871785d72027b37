import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { answerBy } from '../../../domain/holidays.ts';
import { EventStatus, endOf } from '../../../domain/event.ts';
import { DAY, EASTERN, fiscalQuarter, fiscalYear, localDay, plus, zoned, type Instant } from '../../../domain/time.ts';
import type { Registration } from '../../../domain/registration.ts';
import { heldSince } from '../../../usecases/hold-mail.ts';
import { listStaffEvents } from '../../../usecases/list-events.ts';
import { viewCheckup } from '../../../usecases/nightly-checkup.ts';
import { listParked } from '../../../usecases/parked-messages.ts';
import { listPrograms } from '../../../usecases/programs.ts';
import { listPending } from '../../../usecases/roster.ts';
import { EventsPage } from '../../../../web/pages/staff/events.tsx';
import { TodayPage, type TodayPageProps } from '../../../../web/pages/staff/today.tsx';
import type { EventWithSeats } from '../../../usecases/store-port.ts';
import type { Env } from '../../session.ts';
import { deskFrameOf, show } from '../page.tsx';
import { showDeskRefusal } from './refusal.tsx';
import { rowOf } from './rows.ts';

const NEXT_EVENTS = 12;
const EVENTS_ON_A_PAGE = 50;
const ALL = { from: -3 * 366, to: 3 * 366 } as const;

/** Whole days until the quarter of the fiscal year ends. */
function daysLeftInQuarter(now: Instant): number {
  const today = zoned(now, EASTERN).toPlainDate();
  const lastMonth = Math.ceil(today.month / 3) * 3;
  const last = Temporal.PlainDate.from({ year: today.year, month: lastMonth, day: 1 }).add({ months: 1 });
  return today.until(last).days;
}

function reviewsOf(
  pending: readonly Registration[],
  events: readonly EventWithSeats[],
  now: Instant,
): TodayPageProps['review'] {
  const today = localDay(now, EASTERN);
  const days = pending.map((registration) => localDay(answerBy(registration.appliedAt), EASTERN));
  const byEvent = Map.groupBy(pending, (registration) => registration.event);
  const first = pending[0];
  return {
    total: pending.length,
    dueToday: days.filter((day) => day === today).length,
    late: days.filter((day) => day < today).length,
    href: first ? `/staff/events/${first.event}/review` : '/staff/events',
    events: [...byEvent].map(([id, of]) => ({
      title: events.find(({ event }) => event.id === id)?.event.title ?? 'an earlier event',
      count: of.length,
    })),
  };
}

/** What needs somebody, and what is next. */
export const deskPages = new Hono<Env>()
  .get('/staff', async (c) => {
    const ctx = c.var.desk;
    const now = ctx.clock.now();
    const events = await listStaffEvents(ctx, { from: now, to: plus(now, 366 * DAY) });
    if (!events.ok) return showDeskRefusal(c, events.refusal);
    const [pending, parked, programs] = [
      await listPending(ctx, { event: null }),
      await listParked(ctx),
      await listPrograms(ctx),
    ];
    if (!pending.ok) return showDeskRefusal(c, pending.refusal);
    if (!parked.ok) return showDeskRefusal(c, parked.refusal);
    if (!programs.ok) return showDeskRefusal(c, programs.refusal);
    const held = await heldSince(ctx);
    if (!held.ok) return showDeskRefusal(c, held.refusal);
    const checkup = await viewCheckup(ctx);
    if (!checkup.ok) return showDeskRefusal(c, checkup.refusal);
    const waiting = pending.value.map(({ registration }) => registration);
    const next = events.value.filter(({ event }) => event.status !== 'cancelled').slice(0, NEXT_EVENTS);
    return show(
      c,
      <TodayPage
        frame={deskFrameOf(c)}
        fiscal={{ year: fiscalYear(now), quarter: fiscalQuarter(now), daysLeft: daysLeftInQuarter(now) }}
        review={reviewsOf(waiting, events.value, now)}
        parked={{ total: parked.value.length, lastError: parked.value.at(-1)?.outcome ?? null }}
        held={held.value}
        checkup={checkup.value}
        next={next.map((one) => rowOf(one, programs.value, waiting))}
      />,
    );
  })
  .get('/staff/events', async (c) => {
    const ctx = c.var.desk;
    const now = ctx.clock.now();
    const from = c.req.query('from') === 'all' ? 'all' : 'now';
    const program = c.req.query('program') ?? '';
    const status = EventStatus.safeParse(c.req.query('status'));
    const events = await listStaffEvents(ctx, { from: plus(now, ALL.from * DAY), to: plus(now, ALL.to * DAY) });
    if (!events.ok) return showDeskRefusal(c, events.refusal);
    const [pending, programs] = [await listPending(ctx, { event: null }), await listPrograms(ctx)];
    if (!pending.ok) return showDeskRefusal(c, pending.refusal);
    if (!programs.ok) return showDeskRefusal(c, programs.refusal);
    const wanted = events.value.filter(
      ({ event }) =>
        (from === 'all' || endOf(event) >= now) &&
        (program === '' || event.programId === program) &&
        (!status.success || event.status === status.data),
    );
    const start = Math.max(0, Number(c.req.query('start') ?? 0) || 0);
    const next = new URLSearchParams({
      program,
      status: status.data ?? '',
      from,
      start: String(start + EVENTS_ON_A_PAGE),
    });
    return show(
      c,
      <EventsPage
        frame={deskFrameOf(c)}
        events={wanted.slice(start, start + EVENTS_ON_A_PAGE).map((one) =>
          rowOf(
            one,
            programs.value,
            pending.value.map(({ registration }) => registration),
          ),
        )}
        programs={programs.value.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={{ program, status: status.data ?? '', from }}
        nextHref={start + EVENTS_ON_A_PAGE < wanted.length ? `/staff/events?${next.toString()}` : null}
      />,
    );
  });
