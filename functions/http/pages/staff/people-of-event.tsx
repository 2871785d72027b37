import { Hono } from 'hono';
import { EventId } from '../../../domain/ids.ts';
import { ACCOMMODATION_WORDS, REASON } from '../../../domain/questions.ts';
import { idOf, RegistrationStatus } from '../../../domain/registration.ts';
import { ok, unknown, type Result } from '../../../domain/result.ts';
import type { TrainingEvent } from '../../../domain/event.ts';
import { viewEvent } from '../../../usecases/list-events.ts';
import { listWaiting } from '../../../usecases/list-waiting.ts';
import { readHistory, type HistoryEntry } from '../../../usecases/read-audit.ts';
import { searchRoster, type RosterFound, type RosterRow as Row } from '../../../usecases/roster.ts';
import { staffOnly } from '../../../usecases/access.ts';
import { HistoryPage } from '../../../../web/pages/staff/history.tsx';
import { RosterPage, STATUS_WORDS, type RosterQuery, type RosterRow } from '../../../../web/pages/staff/roster.tsx';
import { WaitlistPage } from '../../../../web/pages/staff/waitlist.tsx';
import { cursorOf, placeOfCursor } from '../../cursor.ts';
import type { Env } from '../../session.ts';
import { deskFrameOf, Form, formOf, show, type PageContext } from '../page.tsx';
import { showDeskRefusal } from './refusal.tsx';
import { chosenWords, headOf, poolLabel } from './event-head.ts';

const ROWS_ON_A_PAGE = 50;

/** The event of a staff page's address. */
export function eventOf(c: PageContext): Result<EventId> {
  const refused = staffOnly(c.var.desk);
  if (refused) return refused;
  const id = EventId.safeParse(c.req.param('id'));
  return id.success ? ok(id.data) : unknown('event');
}

export const needsOf = ({ details }: Row): string[] => {
  const needs = details?.accommodations;
  return needs ? [...needs.needs.map((need) => ACCOMMODATION_WORDS[need]), ...(needs.other ? [needs.other] : [])] : [];
};

export function answersOf({ details }: Row, event: TrainingEvent): { question: string; answer: string }[] {
  const labels = new Map([[REASON, 'Why they want to come'], ...event.questions.map((q) => [q.id, q.label] as const)]);
  return Object.entries(details?.answers ?? {}).map(([id, answer]) => ({
    question: labels.get(id) ?? id,
    answer: typeof answer === 'boolean' ? (answer ? 'Yes' : 'No') : [answer].flat().join('; '),
  }));
}

const rosterRow = (row: Row, { event, unreached, declined }: RosterFound): RosterRow => ({
  href: `/staff/registrations/${idOf(row.registration)}`,
  name: row.registration.profile?.name ?? '',
  title: row.registration.profile?.title ?? '',
  agency: row.registration.profile?.agency ?? '',
  email: row.registration.email,
  session: chosenWords(row.registration, event),
  status: row.registration.status,
  askedAt: row.registration.appliedAt,
  unreached: unreached.has(row.registration.person),
  declined: declined.has(row.registration.person),
  needs: needsOf(row),
  answers: answersOf(row, event),
});

const SORTS = { name: 'name', agency: 'agency', asked: 'applied' } as const;

/** The rows of one page, and where the next begins. */
export function pageOf<T>(rows: readonly T[], cursor: string) {
  const start = Math.max(0, Math.trunc(Number(cursor)) || 0);
  const shown = rows.slice(start, start + ROWS_ON_A_PAGE);
  const next = start + ROWS_ON_A_PAGE < rows.length ? String(start + ROWS_ON_A_PAGE) : null;
  return {
    shown,
    page: {
      from: start + 1,
      to: start + shown.length,
      total: rows.length,
      first: start === 0,
      nextCursor: next,
    },
  };
}

async function rosterPage(c: PageContext, form: Form) {
  const event = eventOf(c);
  if (!event.ok) return showDeskRefusal(c, event.refusal);
  const status = RegistrationStatus.safeParse(form.get('status'));
  const sort = form.get('sort');
  const query: RosterQuery = {
    q: form.get('q').slice(0, 100),
    status: status.success ? status.data : '',
    sort: sort === 'agency' || sort === 'asked' ? sort : 'name',
  };
  const found = await searchRoster(c.var.desk, {
    event: event.value,
    q: query.q,
    ...(query.status ? { status: query.status } : {}),
    sort: SORTS[query.sort],
  });
  if (!found.ok) return showDeskRefusal(c, found.refusal);
  const { shown, page } = pageOf(found.value.rows, form.get('cursor'));
  return show(
    c,
    <RosterPage
      frame={deskFrameOf(c)}
      event={await headOf(c.var.desk, found.value, found.value)}
      rows={shown.map((row) => rosterRow(row, found.value))}
      query={query}
      page={page}
      unreadable={found.value.unreadable}
      export={{
        action: `/api/events/${event.value}/roster.csv`,
        carry: [{ name: 'status', value: query.status || 'confirmed' }],
        people: found.value.counts[query.status || 'confirmed'],
        status: STATUS_WORDS[query.status || 'confirmed'],
        marking: found.value.program.marking,
      }}
    />,
  );
}

/** One act as a history shows it. */
export const historyLine = ({ at, who, act, detail }: HistoryEntry) => ({
  at,
  who,
  what: `${act.charAt(0).toUpperCase()}${act.slice(1)}`,
  detail,
});

/** The people of one event, who waits, and what was done. */
export const eventPeoplePages = new Hono<Env>()
  .get('/staff/events/:id', async (c) => {
    const event = eventOf(c);
    return event.ok ? c.redirect(`/staff/events/${event.value}/roster`, 303) : showDeskRefusal(c, event.refusal);
  })
  .get('/staff/events/:id/roster', (c) => rosterPage(c, new Form('')))
  .post('/staff/events/:id/roster', async (c) => rosterPage(c, await formOf(c)))
  .get('/staff/events/:id/waitlist', async (c) => {
    const event = eventOf(c);
    if (!event.ok) return showDeskRefusal(c, event.refusal);
    const found = await searchRoster(c.var.desk, { event: event.value });
    if (!found.ok) return showDeskRefusal(c, found.refusal);
    const lines = await listWaiting(c.var.desk, { event: found.value.event, rows: found.value.rows });
    return show(
      c,
      <WaitlistPage
        frame={deskFrameOf(c)}
        event={await headOf(c.var.desk, found.value, found.value)}
        lines={lines.map(({ pool, waiting }) => ({
          label: poolLabel(found.value.event, pool),
          // the line is read to a limit, and whoever waits behind it is counted all the same
          total: found.value.rows.filter(
            ({ registration }) => registration.status === 'waitlisted' && registration.pool === pool,
          ).length,
          waiting: waiting.slice(0, 200).map(({ registration }, index) => ({
            href: `/staff/registrations/${idOf(registration)}`,
            position: index + 1,
            name: registration.profile?.name ?? '',
            agency: registration.profile?.agency ?? '',
            email: registration.email,
            askedAt: registration.appliedAt,
          })),
        }))}
      />,
    );
  })
  .get('/staff/events/:id/history', async (c) => {
    const event = eventOf(c);
    if (!event.ok) return showDeskRefusal(c, event.refusal);
    const seen = await viewEvent(c.var.desk, { id: event.value });
    if (!seen.ok) return showDeskRefusal(c, seen.refusal);
    const after = placeOfCursor(c, c.req.query('cursor'));
    if (!after.ok) return showDeskRefusal(c, after.refusal);
    const history = await readHistory(c.var.desk, { entity: event.value, after: after.value });
    if (!history.ok) return showDeskRefusal(c, history.refusal);
    const next = cursorOf(c, history.value.next).nextCursor;
    return show(
      c,
      <HistoryPage
        frame={deskFrameOf(c)}
        event={await headOf(c.var.desk, seen.value, null)}
        entries={history.value.items.map(historyLine)}
        nextHref={next ? `/staff/events/${event.value}/history?cursor=${next}` : null}
      />,
    );
  });
