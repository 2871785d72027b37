import { Hono } from 'hono';
import type { CalendarAnswer } from '../../../domain/calendar-answer.ts';
import { idOf, isStanding, isTurnedAway, startFor } from '../../../domain/registration.ts';
import type { FieldError } from '../../../domain/result.ts';
import type { Returned } from '../../../domain/returned.ts';
import { ordinal } from '../../../domain/time.ts';
import { cancelRegistration } from '../../../usecases/cancel-registration.ts';
import { reopenRegistration } from '../../../usecases/decide-registration.ts';
import { viewPersonAtEvent, type PersonAtEvent } from '../../../usecases/person-at-event.ts';
import { staffOnly } from '../../../usecases/access.ts';
import { PersonAtEventPage, type PersonAtEventPageProps } from '../../../../web/pages/staff/person-at-event.tsx';
import { STATUS_WORDS } from '../../../../web/pages/staff/roster.tsx';
import type { Env } from '../../session.ts';
import { deskFrameOf, formOf, keepsForm, noticeNext, show, withRegistration, type PageContext } from '../page.tsx';
import { showDeskRefusal } from './refusal.tsx';
import { chosenWords } from './event-head.ts';
import { MESSAGE_WORDS, RETURNED_WORDS } from './message-words.ts';
import { answersOf, historyLine, needsOf } from './people-of-event.tsx';
import { staffPath } from './rows.ts';

const pathOf = ({ registration }: Pick<PersonAtEvent, 'registration'>): string =>
  `/staff/registrations/${idOf(registration)}`;

async function found(c: PageContext) {
  return staffOnly(c.var.desk) ?? withRegistration(c, (id) => viewPersonAtEvent(c.var.desk, { id }));
}

const ANSWER_WORDS: Readonly<Record<CalendarAnswer, string>> = {
  accepted: 'Accepted',
  tentative: 'Maybe',
  declined: 'Declined, which gives no seat back',
};

function factsOf({ registration, event, details, position, answers }: PersonAtEvent) {
  const row = { registration, details };
  const { profile } = registration;
  const own = answers.filter(({ attempt, over }) => attempt === registration.attempt && !over);
  const answered = [...new Set(own.map(({ answer }) => ANSWER_WORDS[answer]))].join(', ');
  const state = position === null ? '' : `, ${ordinal(position)} in line`;
  return [
    { term: 'State', value: `${STATUS_WORDS[registration.status]}${state}` },
    { term: 'Reason', value: registration.reason },
    { term: 'Title', value: profile?.title ?? '' },
    { term: 'Agency', value: profile?.agency ?? '' },
    { term: 'Component', value: profile?.component ?? '' },
    { term: 'Session', value: chosenWords(registration, event) },
    { term: 'In their calendar', value: answered },
    { term: 'Asked for', value: needsOf(row).join(', ') },
    ...answersOf(row, event).map(({ question, answer }) => ({ term: question, value: answer })),
  ].filter(({ value }) => value !== '');
}

/** In the order in which they went out; one that came back says so, also where it was not marked as sent. */
function messagesOf({ messages, returned, registration }: PersonAtEvent): PersonAtEventPageProps['messages'] {
  const keyOf = ({ rev, part, kind }: Pick<Returned, 'rev' | 'part' | 'kind'>) => `${rev} ${part} ${kind}`;
  const cameBack = new Map(returned.map((one) => [keyOf(one), one]));
  const trouble = (one: Returned | undefined) =>
    one === undefined
      ? null
      : [RETURNED_WORDS[one.how], one.email === registration.email ? '' : one.email, one.why]
          .filter(Boolean)
          .join(': ');
  const sent = messages.flatMap(({ at, how, owed }) => {
    if (owed.about !== 'registration') return [];
    const one = cameBack.get(keyOf(owed));
    cameBack.delete(keyOf(owed));
    return [{ at, words: `${MESSAGE_WORDS[owed.kind]}${how === 'sent' ? '' : ' (not sent)'}`, trouble: trouble(one) }];
  });
  const unmarked = [...cameBack.values()].map((one) => ({
    at: one.at,
    words: MESSAGE_WORDS[one.kind],
    trouble: trouble(one),
  }));
  return [...sent, ...unmarked].toSorted((a, b) => a.at - b.at);
}

const actOn = ({ registration }: PersonAtEvent): 'cancel' | 'reopen' | null => {
  if (isStanding(registration.status)) return 'cancel';
  return isTurnedAway(registration) ? 'reopen' : null;
};

function page(c: PageContext, seen: PersonAtEvent, reason: string, errors: readonly FieldError[]) {
  const { registration, event, program, history } = seen;
  return show(
    c,
    <PersonAtEventPage
      frame={deskFrameOf(c)}
      href={pathOf(seen)}
      event={{ title: event.title, href: staffPath(event), startsAt: startFor(registration, event) }}
      marking={program.marking}
      name={registration.profile?.name ?? ''}
      email={registration.email}
      facts={factsOf(seen)}
      history={history.map(historyLine)}
      messages={messagesOf(seen)}
      act={actOn(seen)}
      reason={reason}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

/** One person at one event, for staff: what happened, what was sent, and ending or reopening it. */
export const personAtEventPages = new Hono<Env>()
  .get('/staff/registrations/:id', async (c) => {
    const seen = await found(c);
    return seen.ok ? page(c, seen.value, '', []) : showDeskRefusal(c, seen.refusal);
  })
  .post('/staff/registrations/:id/cancel', keepsForm, async (c) => {
    const seen = await found(c);
    if (!seen.ok) return showDeskRefusal(c, seen.refusal);
    const form = await formOf(c);
    const reason = form.get('reason');
    if (form.resumed) return page(c, seen.value, reason, []);
    if (reason === '' || reason.length > 500)
      return page(c, seen.value, reason, [
        { path: 'reason', message: 'Say why, in at most 500 characters. The person reads it' },
      ]);
    const ended = await cancelRegistration(c.var.desk, { id: idOf(seen.value.registration), reason });
    if (!ended.ok) return showDeskRefusal(c, ended.refusal);
    noticeNext(c, 'Ended. The person is told by email.');
    return c.redirect(pathOf(ended.value), 303);
  })
  .post('/staff/registrations/:id/reopen', async (c) => {
    const opened = await withRegistration(c, (id) => reopenRegistration(c.var.desk, { id }));
    if (!opened.ok) return showDeskRefusal(c, opened.refusal);
    noticeNext(c, 'Opened. The person can register again.');
    return c.redirect(pathOf(opened.value), 303);
  });
