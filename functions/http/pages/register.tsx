import { Hono } from 'hono';
import { personOf } from '../../domain/actor.ts';
import { eventIdOfSlug } from '../../domain/ids.ts';
import { checkAnswers } from '../../domain/questions.ts';
import { chooseSessions } from '../../domain/register.ts';
import { idOf, isStanding } from '../../domain/registration.ts';
import type { Person } from '../../domain/person.ts';
import type { FieldError } from '../../domain/result.ts';
import { hasRoom } from '../../domain/seats.ts';
import type { Context } from '../../usecases/context.ts';
import { nextAttempt, viewEvent, type EventSeen } from '../../usecases/list-events.ts';
import { viewProfile, updateProfile } from '../../usecases/profile.ts';
import { recentReviewTimes } from '../../usecases/recent-review-times.ts';
import { registerForEvent } from '../../usecases/register-for-event.ts';
import { RegisterPage, type RegisterPageProps } from '../../../web/pages/register.tsx';
import type { Env } from '../session.ts';
import {
  keptProfile,
  parseAnswers,
  parseNeeds,
  parseProfile,
  problemsOf,
  strayAnswers,
  typedAnswers,
  typedNeeds,
  typedProfile,
  typedSessions,
} from './fields.ts';
import { formOf, frameOf, keepsForm, show, showRefusal, type Form, type PageContext } from './page.tsx';
import { asksComponent, eventPath, offeredOf, sessionOptions, standingOf } from './views.ts';

/** The event of a register page, for somebody who may register; otherwise the answer to give instead. */
async function toRegister(c: PageContext): Promise<EventSeen | Response> {
  const ctx = c.var.desk;
  const id = eventIdOfSlug(c.req.param('slug') ?? '');
  if (!id) return showRefusal(c, { kind: 'unknown', what: 'training' });
  if (!personOf(ctx.actor)) return showRefusal(c, { kind: 'signed-out' });
  const seen = await viewEvent(ctx, { id });
  if (!seen.ok) return showRefusal(c, seen.refusal);
  const { registration, event, verdict } = seen.value;
  if (registration && isStanding(registration.status)) return c.redirect(`/registrations/${idOf(registration)}`, 303);
  const now = ctx.clock.now();
  const open = event.status === 'published' && event.opensAt <= now && now < event.closesAt;
  if (!open || verdict?.verdict === 'not') return c.redirect(eventPath(event), 303);
  return seen.value;
}

/** The same caller, with the profile that was saved just now. */
const actingAs = (ctx: Context, person: Person): Context =>
  'person' in ctx.actor ? { ...ctx, actor: { ...ctx.actor, person } } : ctx;

type Filled = Pick<RegisterPageProps, 'profile' | 'sessions' | 'needs' | 'answers' | 'errors'>;

async function page(c: PageContext, seen: EventSeen, filled: Filled, status: 200 | 422 = 200) {
  const ctx = c.var.desk;
  const { event, pools } = seen;
  const reviews = await recentReviewTimes(ctx, event);
  const standing = standingOf(ctx, seen, reviews);
  const person = personOf(ctx.actor);
  if (!person || standing.kind === 'signed-out' || standing.kind === 'not') return c.redirect(eventPath(event), 303);
  return show(
    c,
    <RegisterPage
      frame={frameOf(c)}
      event={{
        title: event.title,
        href: eventPath(event),
        timeZone: event.timeZone,
        sessionChoice: event.sessionChoice,
        sessions: sessionOptions(event, pools),
        seats: offeredOf(event, pools).seats,
        closesAt: event.closesAt,
        questions: event.questions,
      }}
      standing={standing}
      reviews={reviews}
      asksComponent={asksComponent(person.email)}
      attempt={nextAttempt(seen.registration)}
      {...filled}
    />,
    status,
  );
}

const typed = (form: Form, seen: EventSeen): Omit<Filled, 'errors'> => ({
  profile: typedProfile(form),
  sessions: form.all('sessions'),
  needs: typedNeeds(form),
  answers: typedAnswers(form, seen.event.questions),
});

/** The register form: one page, checked whole, and every answer kept. */
export const registerPages = new Hono<Env>()
  .get('/trainings/:slug/register', async (c) => {
    const seen = await toRegister(c);
    if (seen instanceof Response) return seen;
    const person = await viewProfile(c.var.desk);
    if (!person.ok) return showRefusal(c, person.refusal);
    const sessions = c.req.queries('session') ?? [];
    return page(c, seen, {
      profile: keptProfile(person.value, frameOf(c).zone),
      sessions: sessions.length > 0 || seen.event.sessions.length > 1 ? sessions : seen.event.sessions.map((s) => s.id),
      needs: { needs: [], other: '' },
      answers: {},
      errors: [],
    });
  })
  .post('/trainings/:slug/register', keepsForm, async (c) => {
    const ctx = c.var.desk;
    const seen = await toRegister(c);
    if (seen instanceof Response) return seen;
    const form = await formOf(c);
    const filled = typed(form, seen);
    if (form.resumed) return page(c, seen, { ...filled, errors: [] });
    const { event } = seen;
    const profile = parseProfile(filled.profile);
    const chosen = event.sessionChoice === 'all' ? undefined : typedSessions(filled.sessions);
    const needs = parseNeeds(filled.needs);
    const answers = parseAnswers(filled.answers, event.questions);
    const errors: FieldError[] = [
      ...problemsOf(profile, chooseSessions(event, chosen), needs),
      ...checkAnswers(event.questions, answers),
      ...strayAnswers(form, event.questions),
    ];
    if (!profile.ok || !needs.ok || errors.length > 0) return page(c, seen, { ...filled, errors }, 422);
    const saved = await updateProfile(ctx, { profile: profile.value });
    if (!saved.ok) return showRefusal(c, saved.refusal);
    const registered = await registerForEvent(actingAs(ctx, saved.value), {
      event: event.id,
      sessions: chosen,
      answers,
      accommodations: needs.value,
      attempt: Number(form.get('attempt')) || undefined,
    });
    if (!registered.ok) {
      if (registered.refusal.kind === 'invalid')
        return page(c, seen, { ...filled, errors: [...registered.refusal.errors] }, 422);
      return showRefusal(c, registered.refusal);
    }
    const { registration } = registered.value;
    const hadRoom = seen.pools.some(
      ({ seats }) => seats.pool === registration.pool && hasRoom(seats) && !seats.bornSealed,
    );
    const filledMeanwhile = registration.status === 'waitlisted' && hadRoom ? '?filled=1' : '';
    return c.redirect(`/registrations/${idOf(registration)}${filledMeanwhile}`, 303);
  });
