import { Hono } from 'hono';
import * as z from 'zod';
import { Email } from '../../domain/person.ts';
import { idOf, sessionsOf } from '../../domain/registration.ts';
import { invalid, type FieldError } from '../../domain/result.ts';
import { everyoneAsked } from '../../domain/sponsor.ts';
import { plainly } from '../../domain/text.ts';
import { answerAsSponsor, askSponsor, viewSponsoring, type Sponsoring } from '../../usecases/ask-sponsor.ts';
import type { MyRegistrationInFull } from '../../usecases/my-registrations.ts';
import { AskSponsorPage, ConfirmPage } from '../../../web/pages/sponsor.tsx';
import { fieldErrors } from '../field-errors.ts';
import type { Env } from '../session.ts';
import { formOf, frameOf, keepsForm, show, showRefusal, type PageContext } from './page.tsx';
import { hrefOf, mineAlone } from './registrations.tsx';

const EmailForm = z.object({
  email: Email,
  insteadOf: z.union([z.literal('').transform(() => null), Email]).optional(),
});
const Answer = z.enum(['confirmed', 'unknown']);

const ENOUGH_FOR_TODAY: FieldError = {
  path: 'email',
  message: 'That is as many as we take in a day. Ask again in 24 hours',
};

function askPage(
  c: PageContext,
  found: MyRegistrationInFull,
  email: string,
  errors: readonly FieldError[],
  status: 200 | 422 | 429 = errors.length > 0 ? 422 : 200,
) {
  const { registration, event, sessions } = found;
  if (registration.status !== 'pending') return c.redirect(hrefOf(found), 303);
  return show(
    c,
    <AskSponsorPage
      frame={frameOf(c)}
      event={{ title: event.title, timeZone: event.timeZone }}
      registration={{ href: hrefOf(found), sessions: sessions.map(({ session }) => session) }}
      asked={everyoneAsked(registration)}
      email={email}
      errors={errors}
    />,
    status,
  );
}

const stateOf = ({ sponsor, isOpen }: Sponsoring) => sponsor.answer ?? (isOpen ? 'asked' : 'over');

function confirmPage(c: PageContext, asked: Sponsoring) {
  const { registration, event } = asked;
  const taken = sessionsOf(registration, event);
  c.header('X-Robots-Tag', 'noindex');
  c.header('Referrer-Policy', 'no-referrer');
  return show(
    c,
    <ConfirmPage
      frame={frameOf(c)}
      event={{ title: event.title, timeZone: event.timeZone }}
      sessions={event.sessions.filter(({ id }) => taken.includes(id))}
      applicant={{
        name: plainly(registration.profile?.name ?? ''),
        email: registration.email,
        agency: plainly(registration.profile?.agency ?? ''),
      }}
      supervisor={asked.sponsor.email}
      href={new URL(c.req.url).pathname}
      state={stateOf(asked)}
    />,
    200,
    true,
  );
}

/** Asking a supervisor to confirm an applicant, and the supervisor's answer. */
export const sponsorPages = new Hono<Env>()
  .get('/registrations/:id/supervisor', async (c) => {
    const found = await mineAlone(c);
    return found.ok ? askPage(c, found.value, '', []) : showRefusal(c, found.refusal);
  })
  .post('/registrations/:id/supervisor', keepsForm, async (c) => {
    const found = await mineAlone(c);
    if (!found.ok) return showRefusal(c, found.refusal);
    const form = await formOf(c);
    const typed = form.get('email');
    if (form.resumed) return askPage(c, found.value, typed, []);
    const parsed = EmailForm.safeParse({ email: typed, insteadOf: form.get('insteadOf') });
    const asked = parsed.success
      ? await askSponsor(c.var.desk, { id: idOf(found.value.registration), ...parsed.data })
      : invalid(...fieldErrors(parsed.error));
    if (asked.ok) return c.redirect(`${hrefOf(found.value)}/supervisor`, 303);
    if (asked.refusal.kind === 'slow-down') return askPage(c, found.value, typed, [ENOUGH_FOR_TODAY], 429);
    return asked.refusal.kind === 'invalid'
      ? askPage(c, found.value, typed, asked.refusal.errors)
      : showRefusal(c, asked.refusal);
  })
  .get('/confirm/:secret', async (c) => {
    const asked = await viewSponsoring(c.var.desk, { secret: c.req.param('secret') });
    return asked.ok ? confirmPage(c, asked.value) : showRefusal(c, asked.refusal);
  })
  .post('/confirm/:secret', async (c) => {
    const secret = c.req.param('secret');
    const answer = Answer.safeParse((await formOf(c)).get('answer'));
    if (answer.success) {
      const done = await answerAsSponsor(c.var.desk, { secret, answer: answer.data });
      if (!done.ok && done.refusal.kind !== 'conflict') return showRefusal(c, done.refusal);
    }
    const asked = await viewSponsoring(c.var.desk, { secret });
    return asked.ok ? confirmPage(c, asked.value) : showRefusal(c, asked.refusal);
  });
