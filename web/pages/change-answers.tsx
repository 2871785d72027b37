import type { SessionChoice } from '../../functions/domain/event.ts';
import type { StandingStatus } from '../../functions/domain/registration.ts';
import type { TimeZone } from '../../functions/domain/time.ts';
import { Button, LinkButton } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import type { Errors } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { daysInShort } from '../words/when.ts';
import {
  AnswerFields,
  NeedFields,
  ReasonField,
  type AnswerValues,
  type AskedQuestion,
  type NeedValues,
} from './answer-fields.tsx';
import { SessionFields, type SessionOption } from './session-fields.tsx';

export interface ChangeAnswersPageProps {
  readonly frame: Frame;
  readonly event: {
    readonly title: string;
    readonly href: string;
    readonly timeZone: TimeZone;
    readonly sessionChoice: SessionChoice;
    readonly sessions: readonly SessionOption[];
    readonly questions: readonly AskedQuestion[];
  };
  readonly registration: { readonly href: string; readonly status: StandingStatus };
  /** Whether the choice of sessions can be changed here. */
  readonly asksSessions: boolean;
  readonly sessions: readonly string[];
  readonly needs: NeedValues;
  readonly answers: AnswerValues;
  /** The ETag that was read; sent back as `rev`. */
  readonly rev: string;
  readonly errors: Errors;
}

/** `/registrations/:id/answers`: accommodation, questions, sessions. Posts to itself. */
export const ChangeAnswersPage = (props: ChangeAnswersPageProps) => {
  const { frame, event, registration, errors } = props;
  const zone = zoneFor(frame, event.timeZone);
  return (
    <Layout frame={frame} title={`Change your answers: ${event.title}`} error={errors.length > 0} at="registrations">
      <div class="wrap">
        <a class="back" href={registration.href}>
          <Icon name="back" /> My registration
        </a>
        <h1>Change your answers</h1>
        <p class="lead">
          {event.title}, {daysInShort(event.sessions, zone)}
        </p>
        <div class="narrow change-answers">
          <ErrorSummary errors={errors} to="save" />
          <form method="post" action={`${registration.href}/answers`} novalidate>
            <input type="hidden" name="rev" value={props.rev} />
            {props.asksSessions ? (
              <SessionFields event={event} zone={zone} chosen={props.sessions} errors={errors} />
            ) : null}
            <section class="form-section">
              <h2>What we should know</h2>
              {registration.status === 'pending' ? <ReasonField answers={props.answers} errors={errors} /> : null}
              <NeedFields needs={props.needs} errors={errors} />
              <AnswerFields questions={event.questions} answers={props.answers} errors={errors} />
            </section>
            <p class="under-choices">
              Your name, title, agency and time zone are in <a href="/profile">your details</a>.
            </p>
            <div class="button-row">
              <Button big>Save my answers</Button>
              <LinkButton href={registration.href} look="text">
                Leave without saving
              </LinkButton>
            </div>
          </form>
        </div>
      </div>
    </Layout>
  );
};
