import type { TimeZone } from '../../functions/domain/time.ts';
import { Button, LinkButton } from '../components/button.tsx';
import { EmailText } from '../components/email-text.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import type { Errors } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { daysInWords, type Timed } from '../words/when.ts';
import { AnswerFields, type AnswerValues, type AskedQuestion } from './answer-fields.tsx';

export interface TakeOverPageProps {
  readonly frame: Frame;
  readonly event: {
    readonly title: string;
    readonly href: string;
    readonly timeZone: TimeZone;
    readonly questions: readonly AskedQuestion[];
  };
  readonly registration: { readonly href: string; readonly sessions: readonly Timed[] };
  /** Who offers the seat. */
  readonly giver: string;
  /** The reader's own address. */
  readonly email: string;
  /** Which registration of theirs this would be, so that a late copy of the form changes nothing. */
  readonly attempt: number;
  /** The desk has no name of theirs, and asks for it next. */
  readonly asksName: boolean;
  readonly answers: AnswerValues;
  readonly errors: Errors;
}

/** `/registrations/:id/take-over`: one button takes the seat over; opening the page changes nothing. Posts to itself. */
export const TakeOverPage = (props: TakeOverPageProps) => {
  const { frame, event, registration, giver, errors } = props;
  const title = `${giver} offers you a seat`;
  return (
    <Layout frame={frame} title={`${title}: ${event.title}`} error={errors.length > 0} at="registrations">
      <div class="wrap">
        <h1>{title}</h1>
        <p class="lead">
          <a href={event.href}>{event.title}</a>, {daysInWords(registration.sessions, zoneFor(frame, event.timeZone))}
        </p>
        <div class="narrow change-answers">
          <ErrorSummary errors={errors} to="take the seat" />
          <p>
            If you say yes, the seat is yours at once, and we send the calendar invitation and your join link to{' '}
            <EmailText email={props.email} strong />. {props.asksName ? 'We ask for your name next. ' : ''}You can give
            it back with one press, until the start.
          </p>
          <form method="post" action={`${registration.href}/take-over`} novalidate>
            <input type="hidden" name="attempt" value={props.attempt} />
            {event.questions.length > 0 ? (
              <section class="form-section">
                <h2>What we should know</h2>
                <AnswerFields questions={event.questions} answers={props.answers} errors={errors} />
              </section>
            ) : null}
            <div class="button-row">
              <Button big>Yes, take the seat</Button>
              <LinkButton href="/" look="text">
                Not now
              </LinkButton>
            </div>
          </form>
        </div>
      </div>
    </Layout>
  );
};
