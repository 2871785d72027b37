import type { SessionChoice } from '../../functions/domain/event.ts';
import {
  clockWithZone,
  dateWithoutYear,
  dayWords,
  durationWords,
  type Instant,
  type TimeZone,
} from '../../functions/domain/time.ts';
import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import type { Errors } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { eventWord } from '../words/kind.ts';
import { ACT_WORDS, seatsInWords } from '../words/offer.ts';
import type { SeatsTold } from '../../functions/domain/seats.ts';
import type { ReviewTimes } from '../../functions/domain/review-times.ts';
import type { Standing } from '../words/standing.ts';
import { counted, daysInShort, firstStart, lastEnd } from '../words/when.ts';
import { AboutYou, type ProfileValues } from './profile-fields.tsx';
import {
  AnswerFields,
  NeedFields,
  ReasonField,
  type AnswerValues,
  type AskedQuestion,
  type NeedValues,
} from './answer-fields.tsx';
import { SessionFields, type SessionOption } from './session-fields.tsx';
import { FullNote, StandingNote } from './register-note.tsx';

/** The event a form is about. */
export interface FormEvent {
  readonly title: string;
  readonly href: string;
  readonly timeZone: TimeZone;
  readonly sessionChoice: SessionChoice;
  readonly sessions: readonly SessionOption[];
  /** Of the one pool of the event; null where each session has its own. */
  readonly seats: SeatsTold | null;
  readonly closesAt: Instant;
  readonly questions: readonly AskedQuestion[];
}

export interface RegisterPageProps {
  readonly frame: Frame;
  readonly event: FormEvent;
  readonly standing: Extract<Standing, { kind: 'qualifies' | 'review' }>;
  readonly reviews: ReviewTimes | null;
  /** Asked of people on DHS hosts alone. */
  readonly asksComponent: boolean;
  /** As typed, or from the profile. Session ids that are ticked. */
  readonly profile: ProfileValues;
  readonly sessions: readonly string[];
  readonly needs: NeedValues;
  readonly answers: AnswerValues;
  /** Numbers the registration asked for, so that a second press of the same form changes nothing. */
  readonly attempt: number;
  readonly errors: Errors;
}

/** `/trainings/:slug/register`: one page. Who you are, then session, then needs. Posts to itself. */
export const RegisterPage = (props: RegisterPageProps) => {
  const { frame, event, standing, errors } = props;
  const zone = zoneFor(frame, event.timeZone);
  const applying = standing.kind === 'review';
  const seats = event.seats ? seatsInWords(event.seats) : null;
  const full = !applying && seats?.kind === 'full' ? seats : null;
  const act = ACT_WORDS[applying ? 'apply' : full ? 'wait' : 'register'];
  return (
    <Layout frame={frame} title={`${act}: ${event.title}`} error={errors.length > 0} at="trainings">
      <div class="wrap">
        <a class="back" href={event.href}>
          <Icon name="back" /> About this {eventWord(event)}
        </a>
        <h1>{act}</h1>
        <p class="form-about">
          {event.title}, {daysInShort(event.sessions, zone)}
        </p>
        <div class="columns columns-form">
          <div>
            <ErrorSummary errors={errors} to={act.toLowerCase()} />
            {full ? <FullNote word={eventWord(event)} waiting={full.waiting} /> : null}
            <form method="post" action={`${event.href}/register`} novalidate>
              <input type="hidden" name="attempt" value={String(props.attempt)} />
              <AboutYou
                email={standing.email}
                change={`/sign-in?return=${encodeURIComponent(frame.path)}`}
                asksComponent={props.asksComponent}
                values={props.profile}
                errors={errors}
              />
              <StandingNote standing={standing} event={event} reviews={props.reviews} zone={zone} />
              <SessionFields event={event} zone={zone} chosen={props.sessions} errors={errors} />
              <section class="form-section">
                <h2>What we should know</h2>
                {applying ? <ReasonField answers={props.answers} errors={errors} /> : null}
                <NeedFields needs={props.needs} errors={errors} />
                <AnswerFields questions={event.questions} answers={props.answers} errors={errors} />
              </section>
              <div class="button-row">
                <Button big>{act}</Button>
                <p>
                  {applying
                    ? 'We email you at once that a person is checking. Applying holds no seat. You can withdraw with one press.'
                    : full
                      ? 'We email you your place at once. You can leave the waitlist with one press.'
                      : 'We email you at once: your seat and your join link, or your place on the waitlist. You can give a seat back with one press, until the start.'}
                </p>
              </div>
            </form>
          </div>
          <SideTicket event={event} zone={zone} />
        </div>
      </div>
    </Layout>
  );
};

const SideTicket = ({ event, zone }: { event: FormEvent; zone: TimeZone }) => {
  const start = firstStart(event.sessions);
  const length = lastEnd(event.sessions) - start;
  const { weekday, month, day, year } = dayWords(start, zone);
  return (
    <aside class="side-ticket" aria-label="This training">
      <p class="side-ticket-date">
        <strong>{day}</strong>
        <span>
          {weekday}
          <br />
          {month} {year}
        </span>
      </p>
      <div class="side-ticket-body">
        <h2>{event.title}</h2>
        <ul class="icon-lines">
          <li>
            <Icon name="timer" />
            <span>{event.sessions.length > 1 ? counted(event.sessions.length, 'session') : durationWords(length)}</span>
          </li>
          <li>
            <Icon name="captions" />
            <span>With live captions</span>
          </li>
          <li>
            <Icon name="calendar" />
            <span>
              Registration closes {dateWithoutYear(event.closesAt, zone)}, {clockWithZone(event.closesAt, zone)}
            </span>
          </li>
        </ul>
      </div>
    </aside>
  );
};
