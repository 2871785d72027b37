import { Hono } from 'hono';
import { idOf, isStanding, startFor } from '../../domain/registration.ts';
import { invalid } from '../../domain/result.ts';
import { changeRegistration } from '../../usecases/change-registration.ts';
import type { MyRegistrationInFull } from '../../usecases/my-registrations.ts';
import { ChangeAnswersPage, type ChangeAnswersPageProps } from '../../../web/pages/change-answers.tsx';
import type { Env } from '../session.ts';
import {
  keptAnswers,
  parseAnswers,
  parseNeeds,
  strayAnswers,
  typedAnswers,
  typedNeeds,
  typedSessions,
} from './fields.ts';
import { formOf, frameOf, keepsForm, show, showRefusal, type PageContext } from './page.tsx';
import { hrefOf, mine } from './registrations.tsx';
import { eventPath, sessionOptions } from './views.ts';

type Filled = Pick<ChangeAnswersPageProps, 'sessions' | 'needs' | 'answers' | 'rev' | 'errors'>;

async function answersPage(c: PageContext, found: MyRegistrationInFull, filled: Filled, status: 200 | 422 = 200) {
  const { registration, event } = found;
  const now = c.var.desk.clock.now();
  if (!isStanding(registration.status) || startFor(registration, event) <= now) return c.redirect(hrefOf(found), 303);
  return show(
    c,
    <ChangeAnswersPage
      frame={frameOf(c)}
      event={{
        title: event.title,
        href: eventPath(event),
        timeZone: event.timeZone,
        sessionChoice: event.sessionChoice,
        sessions: sessionOptions(event, []),
        questions: event.questions,
      }}
      registration={{ href: hrefOf(found), status: registration.status }}
      asksSessions={event.sessionChoice === 'any'}
      {...filled}
    />,
    status,
  );
}

/** Other answers, needs or, where people choose from many, sessions. */
export const changeAnswersPages = new Hono<Env>()
  .get('/registrations/:id/answers', async (c) => {
    const found = await mine(c);
    if (!found.ok) return showRefusal(c, found.refusal);
    const { registration, details } = found.value;
    return answersPage(c, found.value, {
      sessions: registration.sessions,
      needs: details?.accommodations ?? { needs: [], other: '' },
      answers: keptAnswers(details?.answers),
      rev: String(registration.rev),
      errors: [],
    });
  })
  .post('/registrations/:id/answers', keepsForm, async (c) => {
    const found = await mine(c);
    if (!found.ok) return showRefusal(c, found.refusal);
    const { registration, event } = found.value;
    const form = await formOf(c);
    const filled = {
      sessions: form.all('sessions'),
      needs: typedNeeds(form),
      answers: typedAnswers(form, event.questions),
      rev: form.get('rev'),
    };
    if (form.resumed) return answersPage(c, found.value, { ...filled, errors: [] });
    const strays = strayAnswers(form, event.questions);
    if (strays.length > 0) return answersPage(c, found.value, { ...filled, errors: strays }, 422);
    const needs = parseNeeds(filled.needs);
    const changed = needs.ok
      ? await changeRegistration(c.var.desk, {
          id: idOf(registration),
          version: Number(filled.rev) || -1,
          patch: {
            ...(event.sessionChoice === 'any' ? { sessions: typedSessions(filled.sessions) } : {}),
            answers: parseAnswers(filled.answers, event.questions),
            accommodations: needs.value,
          },
        })
      : invalid(...(needs.refusal.kind === 'invalid' ? needs.refusal.errors : []));
    if (changed.ok) return c.redirect(hrefOf(found.value), 303);
    if (changed.refusal.kind === 'invalid')
      return answersPage(c, found.value, { ...filled, errors: [...changed.refusal.errors] }, 422);
    return showRefusal(c, changed.refusal);
  });
