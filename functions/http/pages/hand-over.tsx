import { Hono } from 'hono';
import * as z from 'zod';
import { personOf } from '../../domain/actor.ts';
import { Email } from '../../domain/person.ts';
import { idOf, sessionsOf } from '../../domain/registration.ts';
import { plainly } from '../../domain/text.ts';
import { invalid, type FieldError } from '../../domain/result.ts';
import { offerSeat, takeOfferBack, takeOverSeat, viewOffer } from '../../usecases/hand-over-seat.ts';
import { viewEvent } from '../../usecases/list-events.ts';
import type { MyRegistrationInFull } from '../../usecases/my-registrations.ts';
import type { Acted } from '../../usecases/on-registration.ts';
import { HandOverPage } from '../../../web/pages/hand-over.tsx';
import { TakeOverPage, type TakeOverPageProps } from '../../../web/pages/take-over.tsx';
import { fieldErrors } from '../field-errors.ts';
import type { Env } from '../session.ts';
import { parseAnswers, strayAnswers, typedAnswers } from './fields.ts';
import { formOf, frameOf, keepsForm, show, showRefusal, withRegistration, type PageContext } from './page.tsx';
import { hrefOf, mineAlone } from './registrations.tsx';
import { eventPath } from './views.ts';

const EmailForm = z.object({ email: Email });

function offerPage(c: PageContext, found: MyRegistrationInFull, email: string, errors: readonly FieldError[]) {
  const { registration, event, sessions } = found;
  if (registration.status !== 'confirmed') return c.redirect(hrefOf(found), 303);
  return show(
    c,
    <HandOverPage
      frame={frameOf(c)}
      event={{ title: event.title, timeZone: event.timeZone }}
      registration={{ href: hrefOf(found), sessions: sessions.map(({ session }) => session), rev: registration.rev }}
      offeredTo={registration.offer?.to ?? null}
      email={email}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

const offers = new Hono<Env>()
  .get('/registrations/:id/hand-over', async (c) => {
    const found = await mineAlone(c);
    return found.ok ? offerPage(c, found.value, '', []) : showRefusal(c, found.refusal);
  })
  .post('/registrations/:id/hand-over', keepsForm, async (c) => {
    const ctx = c.var.desk;
    const found = await mineAlone(c);
    if (!found.ok) return showRefusal(c, found.refusal);
    const form = await formOf(c);
    const typed = form.get('email');
    if (form.resumed) return offerPage(c, found.value, typed, []);
    const id = idOf(found.value.registration);
    const parsed = EmailForm.safeParse({ email: typed });
    const done =
      form.get('do') === 'take-back'
        ? await takeOfferBack(ctx, { id })
        : parsed.success
          ? await offerSeat(ctx, { id, email: parsed.data.email, version: Number(form.get('rev')) || undefined })
          : invalid(...fieldErrors(parsed.error));
    if (done.ok) return c.redirect(`${hrefOf(found.value)}/hand-over`, 303);
    return done.refusal.kind === 'invalid'
      ? offerPage(c, found.value, typed, done.refusal.errors)
      : showRefusal(c, done.refusal);
  });

/** The seat that the address names, if it is offered to the caller. */
const offered = (c: PageContext) => withRegistration(c, (id) => viewOffer(c.var.desk, { id }));

async function takePage(c: PageContext, found: Acted, filled: Pick<TakeOverPageProps, 'answers' | 'errors'>) {
  const { registration, event } = found;
  const person = personOf(c.var.desk.actor);
  const seen = await viewEvent(c.var.desk, { id: event.id });
  const attempt = (seen.ok ? seen.value.nextAttempt : null) ?? 1;
  const taken = sessionsOf(registration, event);
  return show(
    c,
    <TakeOverPage
      frame={frameOf(c)}
      event={{
        title: event.title,
        href: eventPath(event),
        timeZone: event.timeZone,
        questions: event.questions,
      }}
      registration={{
        href: `/registrations/${idOf(registration)}`,
        sessions: event.sessions.filter(({ id }) => taken.includes(id)),
      }}
      giver={plainly(registration.profile?.name ?? '') || registration.email}
      email={person?.email ?? ''}
      attempt={attempt}
      asksName={person?.profile === null}
      {...filled}
    />,
    filled.errors.length > 0 ? 422 : 200,
  );
}

/** Offering one's seat to a colleague, and the colleague's yes. */
export const handOverPages = offers
  .get('/registrations/:id/take-over', async (c) => {
    const found = await offered(c);
    return found.ok ? takePage(c, found.value, { answers: {}, errors: [] }) : showRefusal(c, found.refusal);
  })
  .post('/registrations/:id/take-over', keepsForm, async (c) => {
    const ctx = c.var.desk;
    const found = await offered(c);
    const form = await formOf(c);
    const questions = found.ok ? found.value.event.questions : [];
    const answers = typedAnswers(form, questions);
    if (found.ok && form.resumed) return takePage(c, found.value, { answers, errors: [] });
    const strays = strayAnswers(form, questions);
    if (found.ok && strays.length > 0) return takePage(c, found.value, { answers, errors: strays });
    const attempt = z.coerce
      .number()
      .int()
      .min(1)
      .optional()
      .catch(undefined)
      .parse(form.get('attempt') || undefined);
    const taken = await withRegistration(c, (id) =>
      takeOverSeat(ctx, { id, answers: parseAnswers(answers, questions), attempt }),
    );
    if (!taken.ok)
      return found.ok && taken.refusal.kind === 'invalid'
        ? takePage(c, found.value, { answers, errors: taken.refusal.errors })
        : showRefusal(c, taken.refusal);
    const asksName = personOf(ctx.actor)?.profile === null;
    const seat = idOf(taken.value.registration);
    return c.redirect(asksName ? `/profile?seat=${seat}` : `/registrations/${seat}`, 303);
  });
