import { Hono } from 'hono';
import { SessionId } from '../../domain/ids.ts';
import { idOf, isStanding, startFor } from '../../domain/registration.ts';
import type { FieldError } from '../../domain/result.ts';
import { changeRegistration } from '../../usecases/change-registration.ts';
import { viewEvent } from '../../usecases/list-events.ts';
import type { MyRegistrationInFull } from '../../usecases/my-registrations.ts';
import { ChangeSessionPage, WaitInsteadPage } from '../../../web/pages/change-session.tsx';
import type { Env } from '../session.ts';
import { typedSessions } from './fields.ts';
import { formOf, frameOf, keepsForm, show, showRefusal, type PageContext } from './page.tsx';
import { hrefOf, mine } from './registrations.tsx';
import { eventPath, mayChangeSitting, sessionOptions } from './views.ts';

/** What both pages show of a registration; null where its session can't be changed now. */
function shownOf(c: PageContext, found: MyRegistrationInFull) {
  const { registration, event, sessions } = found;
  const [held] = sessions;
  const { status } = registration;
  const now = c.var.desk.clock.now();
  if (!isStanding(status) || !held || !mayChangeSitting(event, startFor(registration, event), now)) return null;
  return {
    frame: frameOf(c),
    event: { title: event.title, href: eventPath(event), timeZone: event.timeZone },
    registration: { href: hrefOf(found), status, session: held.session },
  };
}

interface Filled {
  readonly chosen: readonly string[];
  readonly rev: string;
  readonly errors: readonly FieldError[];
}

async function page(c: PageContext, found: MyRegistrationInFull, filled: Filled) {
  const shown = shownOf(c, found);
  if (!shown) return c.redirect(hrefOf(found), 303);
  const seen = await viewEvent(c.var.desk, { id: found.event.id });
  if (!seen.ok) return showRefusal(c, seen.refusal);
  const now = c.var.desk.clock.now();
  const others = sessionOptions(found.event, seen.value.pools).filter(
    ({ id, startsAt }) => id !== found.registration.sessions[0] && startsAt > now,
  );
  if (others.length === 0) return c.redirect(hrefOf(found), 303);
  return show(c, <ChangeSessionPage {...shown} others={others} {...filled} />, filled.errors.length > 0 ? 422 : 200);
}

/** Another sitting of the same event. */
export const changeSessionPages = new Hono<Env>()
  .get('/registrations/:id/session', async (c) => {
    const found = await mine(c);
    if (!found.ok) return showRefusal(c, found.refusal);
    return page(c, found.value, { chosen: [], rev: String(found.value.registration.rev), errors: [] });
  })
  .post('/registrations/:id/session', keepsForm, async (c) => {
    const found = await mine(c);
    if (!found.ok) return showRefusal(c, found.refusal);
    const { registration, event } = found.value;
    const form = await formOf(c);
    const filled = { chosen: form.all('sessions'), rev: form.get('rev') };
    if (form.resumed) return page(c, found.value, { ...filled, errors: [] });
    const changed = await changeRegistration(c.var.desk, {
      id: idOf(registration),
      version: Number(filled.rev) || -1,
      patch: { sessions: typedSessions(filled.chosen), waitIfFull: form.get('wait') === 'yes' },
    });
    if (changed.ok) return c.redirect(hrefOf(found.value), 303);
    const { refusal } = changed;
    if (refusal.kind === 'invalid') return page(c, found.value, { ...filled, errors: refusal.errors });
    const shown = shownOf(c, found.value);
    const id = SessionId.safeParse(filled.chosen[0]);
    const wanted = event.sessions.find((session) => session.id === id.data);
    if (refusal.kind !== 'would-wait' || !shown || !wanted) return showRefusal(c, refusal);
    return show(c, <WaitInsteadPage {...shown} {...refusal} wanted={wanted} rev={filled.rev} />);
  });
