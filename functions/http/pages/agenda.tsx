import { Hono } from 'hono';
import { eventIdOfSlug, type SessionId } from '../../domain/ids.ts';
import { idOf, isStanding } from '../../domain/registration.ts';
import { localDay, type TimeZone } from '../../domain/time.ts';
import { changeRegistration } from '../../usecases/change-registration.ts';
import { viewEvent, type EventSeen } from '../../usecases/list-events.ts';
import { AgendaPage, type AgendaPageProps } from '../../../web/pages/agenda.tsx';
import { zoneFor } from '../../../web/frame.ts';
import type { Env } from '../session.ts';
import { typedSessions } from './fields.ts';
import { formOf, frameOf, show, showRefusal, type Form, type PageContext } from './page.tsx';
import { eventPath } from './views.ts';

async function toChoose(c: PageContext): Promise<EventSeen | Response> {
  const id = eventIdOfSlug(c.req.param('slug') ?? '');
  if (!id) return showRefusal(c, { kind: 'unknown', what: 'training' });
  const seen = await viewEvent(c.var.desk, { id });
  if (!seen.ok) return showRefusal(c, seen.refusal);
  return seen.value.event.sessionChoice === 'any' ? seen.value : c.redirect(eventPath(seen.value.event), 303);
}

const savedOf = ({ registration }: EventSeen): readonly SessionId[] =>
  registration && isStanding(registration.status) ? registration.sessions : [];

function page(c: PageContext, seen: EventSeen, chosen: readonly string[], notice: AgendaPageProps['notice'] = null) {
  const { event, sight } = seen;
  return show(
    c,
    <AgendaPage
      frame={frameOf(c)}
      event={{
        title: event.title,
        href: eventPath(event),
        timeZone: event.timeZone,
        sessions: event.sessions.map(({ id, title, startsAt, endsAt, track, location }) => ({
          id,
          title,
          startsAt,
          endsAt,
          track,
          location: sight === 'whole' ? location : null,
        })),
      }}
      chosen={chosen}
      saved={savedOf(seen)}
      registered={savedOf(seen).length > 0}
      notice={notice}
    />,
    notice === 'none-chosen' ? 422 : 200,
  );
}

/** What a press of "Take this track", "Take the whole day" or "Clear this day" makes of the ticks. */
function pressed(form: Form, seen: EventSeen, zone: TimeZone): string[] | null {
  const ticked = new Set(form.all('sessions'));
  const { sessions } = seen.event;
  const ofDay = (day: string) => sessions.filter((session) => localDay(session.startsAt, zone) === day);
  if (form.has('clear')) {
    for (const { id } of ofDay(form.get('clear'))) ticked.delete(id);
    return [...ticked];
  }
  if (!form.has('take')) return null;
  const [day = '', track] = form.get('take').split('|');
  if (track !== undefined) {
    for (const session of ofDay(day)) if (session.track === track || session.track === null) ticked.add(session.id);
    return [...ticked];
  }
  let free = 0;
  for (const { id } of ofDay(day)) ticked.delete(id);
  for (const session of ofDay(day)) {
    if (session.startsAt < free) continue;
    ticked.add(session.id);
    free = session.endsAt;
  }
  return [...ticked];
}

/** Ticks as differences: what was changed on this page, over what is saved now. */
function merged(form: Form, seen: EventSeen): SessionId[] {
  const was = new Set(form.get('was').split(' '));
  const ticked = new Set(form.all('sessions'));
  const saved = new Set<string>(savedOf(seen));
  return seen.event.sessions
    .filter(({ id }) => (ticked.has(id) === was.has(id) ? saved.has(id) : ticked.has(id)))
    .map(({ id }) => id);
}

/** Choosing sessions of an event that has many; before registering it leads on to the form. */
export const agendaPages = new Hono<Env>()
  .get('/trainings/:slug/agenda', async (c) => {
    const seen = await toChoose(c);
    if (seen instanceof Response) return seen;
    const asked = c.req.queries('session');
    const notice = c.req.query('saved') ? 'saved' : null;
    return page(c, seen, asked ? typedSessions(asked) : savedOf(seen), notice);
  })
  .post('/trainings/:slug/agenda', async (c) => {
    const seen = await toChoose(c);
    if (seen instanceof Response) return seen;
    const form = await formOf(c);
    const ticks = pressed(form, seen, zoneFor(frameOf(c), seen.event.timeZone));
    if (ticks) return page(c, seen, ticks);
    const { event, registration } = seen;
    const sessions = merged(form, seen);
    if (sessions.length === 0) return page(c, seen, [], 'none-chosen');
    if (!registration || !isStanding(registration.status)) {
      const query = new URLSearchParams(sessions.map((id) => ['session', id]));
      return c.redirect(`${eventPath(event)}/register?${query.toString()}`, 303);
    }
    const changed = await changeRegistration(c.var.desk, {
      id: idOf(registration),
      version: registration.rev,
      patch: { sessions },
    });
    return changed.ok ? c.redirect(`${eventPath(event)}/agenda?saved=1`, 303) : showRefusal(c, changed.refusal);
  });
