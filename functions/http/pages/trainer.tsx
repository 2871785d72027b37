import { Hono } from 'hono';
import { endOf } from '../../domain/event.ts';
import { EventId, SessionId } from '../../domain/ids.ts';
import { RegistrationStatus } from '../../domain/registration.ts';
import { DAY, plus } from '../../domain/time.ts';
import { listTrainerEvents } from '../../usecases/list-events.ts';
import { listName, searchRoster } from '../../usecases/roster.ts';
import { AttendeesPage, type Chip } from '../../../web/pages/trainer/attendees.tsx';
import { TrainingsPage, type TrainerEventRow } from '../../../web/pages/trainer/trainings.tsx';
import { STATUS_WORDS } from '../../../web/pages/staff/roster.tsx';
import type { EventWithSeats } from '../../usecases/store-port.ts';
import type { RosterFound } from '../../usecases/roster.ts';
import type { Env } from '../session.ts';
import { deskFrameOf, Form, formOf, show, type PageContext } from './page.tsx';
import { showDeskRefusal } from './staff/refusal.tsx';
import { chosenWords, sittingWords } from './staff/event-head.ts';
import { needsOf, pageOf } from './staff/people-of-event.tsx';
import { filled } from './staff/rows.ts';
import { offeredOf } from './views.ts';

/** How long trainings stay in a trainer's list after their end. */
const LOOKS_BACK = 365 * DAY;

const rowOf = ({ event, pools }: EventWithSeats): TrainerEventRow => {
  const { taken, waiting } = filled(event, pools);
  return {
    ...offeredOf(event, pools),
    title: event.title,
    href: `/trainer/events/${event.id}`,
    confirmed: taken,
    waiting,
  };
};

/** Presses that limit the list: by status, and where people choose one session, by session. */
function chipsOf({ event, counts, confirmedAt }: RosterFound, status: string, session: string): Chip[] {
  const statuses = (['confirmed', 'waitlisted'] as const).map((value): Chip => ({
    name: 'status',
    value,
    words: STATUS_WORDS[value],
    count: counts[value],
    chosen: status === value,
  }));
  if (event.sessionChoice !== 'one') return statuses;
  const sessions = event.sessions.map((one): Chip => ({
    name: 'session',
    value: one.id,
    words: sittingWords(event, one),
    count: confirmedAt.get(one.id) ?? 0,
    chosen: session === one.id,
  }));
  return [...statuses, ...sessions];
}

async function attendees(c: PageContext, form: Form) {
  const id = EventId.safeParse(c.req.param('id'));
  if (!id.success) return showDeskRefusal(c, { kind: 'unknown', what: 'event' });
  const asked = RegistrationStatus.safeParse(form.get('status'));
  const status = asked.success ? asked.data : 'confirmed';
  const session = SessionId.safeParse(form.get('session'));
  const q = form.get('q').slice(0, 100);
  const found = await searchRoster(c.var.desk, {
    event: id.data,
    q,
    status,
    ...(session.success ? { session: session.data } : {}),
  });
  if (!found.ok) return showDeskRefusal(c, found.refusal);
  const { event, program, counts } = found.value;
  const { shown, page } = pageOf(found.value.rows, form.get('cursor'));
  const chosen = session.success ? session.data : '';
  return show(
    c,
    <AttendeesPage
      frame={deskFrameOf(c)}
      event={{
        title: event.title,
        href: `/trainer/events/${event.id}`,
        timeZone: event.timeZone,
        sessions: event.sessions,
        marking: program.marking,
      }}
      confirmed={counts.confirmed}
      query={{ q, status, session: chosen }}
      chips={chipsOf(found.value, status, chosen)}
      rows={shown.map((row) => ({
        sortName: listName(row.registration),
        title: row.registration.profile?.title ?? '',
        agency: row.registration.profile?.agency ?? '',
        status: STATUS_WORDS[row.registration.status],
        session: chosenWords(row.registration, event),
        needs: needsOf(row),
      }))}
      page={page}
      unreadable={found.value.unreadable}
      export={{
        action: `/api/events/${event.id}/roster.csv`,
        carry: [{ name: 'status', value: status }, ...(chosen ? [{ name: 'session', value: chosen }] : [])],
        people: found.value.rows.length,
        status: STATUS_WORDS[status],
        marking: program.marking,
      }}
    />,
  );
}

/** A trainer's trainings, and who comes to each. */
export const trainerPages = new Hono<Env>()
  .get('/trainer', async (c) => {
    const ctx = c.var.desk;
    const now = ctx.clock.now();
    const events = await listTrainerEvents(ctx, { since: plus(now, -LOOKS_BACK) });
    if (!events.ok) return showDeskRefusal(c, events.refusal);
    const coming = events.value.filter(({ event }) => endOf(event) >= now);
    const past = events.value.filter(({ event }) => endOf(event) < now).toReversed();
    return show(c, <TrainingsPage frame={deskFrameOf(c)} coming={coming.map(rowOf)} past={past.map(rowOf)} />);
  })
  .get('/trainer/events/:id', (c) => attendees(c, new Form('')))
  .post('/trainer/events/:id', async (c) => attendees(c, await formOf(c)));
