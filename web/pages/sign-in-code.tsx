import { clockWithZone, EASTERN, type Instant } from '../../functions/domain/time.ts';
import { Button } from '../components/button.tsx';
import { EmailText } from '../components/email-text.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { errorAt, FieldProblem, type Errors } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { Stub, type StubEvent } from '../components/stub.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { idOf } from '../words/paths.ts';

export interface CodePageProps {
  readonly frame: Frame;
  readonly email: string;
  /** Until when the newest code works. */
  readonly worksUntil: Instant;
  readonly returnTo: string;
  readonly event: StubEvent | null;
  /** Another code was sent just now. */
  readonly sentAgain: boolean;
  readonly errors: Errors;
}

/** `/sign-in/code`: one field, that takes a pasted code. Posts to itself; another code is a post to `/sign-in`. */
export const CodePage = (props: CodePageProps) => {
  const { frame, email, returnTo, event, errors } = props;
  const zone = frame.zone ?? EASTERN;
  const until = clockWithZone(props.worksUntil, zone);
  const change = `/sign-in?return=${encodeURIComponent(returnTo)}`;
  return (
    <Layout frame={frame} title="Enter your code" error={errors.length > 0} at="sign-in">
      <div class="wrap columns columns-sign-in">
        <div class="sign-in">
          <ErrorSummary errors={errors} to="sign in" rest="The code is in our newest email to you." />
          <h1>Enter your code</h1>
          <p class="lead">
            {props.sentAgain ? 'We sent another 6 digits' : 'We sent 6 digits'} to <EmailText email={email} strong />.{' '}
            <a href={change}>Change address</a>
          </p>
          <form method="post" action="/sign-in/code" novalidate>
            <input type="hidden" name="email" value={email} />
            <input type="hidden" name="return" value={returnTo} />
            <CodeField errors={errors} />
            <div class="button-row">
              <Button big>Sign in</Button>
            </div>
          </form>
          <p class="small quiet after-words">
            The code works for 30 minutes, until {until}. This page waits for you and does not change by itself.
          </p>
          <NoCode {...props} change={change} />
        </div>
        <div class="code-side">
          {event ? <Stub event={event} zone={zoneFor(frame, event.timeZone)} /> : null}
          <div class="inbox">
            <p>This is what to look for in your inbox:</p>
            <div>
              <span class="inbox-mark" aria-hidden="true">
                TD
              </span>
              <p>
                <strong>Training desk</strong>
                <br />
                <span aria-hidden="true">●●● ●●●</span>
                <span class="usa-sr-only">Your code</span> is your sign-in code
                <br />
                <span class="quiet">
                  For <EmailText email={email} />. Works until {until}.
                </span>
              </p>
            </div>
          </div>
        </div>
      </div>
    </Layout>
  );
};

const CodeField = ({ errors }: { errors: Errors }) => {
  const error = errorAt(errors, 'code');
  const id = idOf('code');
  return (
    <div class={`field${error ? ' field-wrong' : ''}`}>
      <label class="usa-label" for={id}>
        Code
      </label>
      <div class="usa-hint" id={`${id}-hint`}>
        It is also in the subject of the email. You can paste it, with or without a space.
      </div>
      {error ? <FieldProblem id={`${id}-error`} words={error} /> : null}
      <input
        class="usa-input input-code"
        id={id}
        name="code"
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        aria-invalid={error ? 'true' : undefined}
      />
    </div>
  );
};

const NoCode = ({ frame, email, returnTo, change }: CodePageProps & { change: string }) => (
  <section class="ruled">
    <h2>No code yet?</h2>
    <ul class="no-code">
      <li>
        <Icon name="clock" size={20} />
        <div>
          <strong>Give it a few minutes.</strong>
          <p>Agency mail filters can hold an email. Keep this page open until it comes.</p>
        </div>
      </li>
      <li>
        <Icon name="search" size={20} />
        <div>
          <strong>Look in junk and quarantine.</strong>
          <p>
            It comes from <EmailText email={frame.site.email} />. The subject is the code, then “is your sign-in code”.
          </p>
        </div>
      </li>
      <li>
        <Icon name="mail" size={20} />
        <div>
          <strong>Send another.</strong>
          <p>The first code keeps working. Use whichever arrives.</p>
          <form method="post" action="/sign-in" class="after-words">
            <input type="hidden" name="email" value={email} />
            <input type="hidden" name="return" value={returnTo} />
            <Button look="outline" name="again" value="1">
              Send another code
            </Button>
          </form>
        </div>
      </li>
      <li>
        <Icon name="at" size={20} />
        <div>
          <strong>Still nothing?</strong>
          <p>
            <a href={change}>Change address</a>, or email us from your work mailbox at{' '}
            <a href={`mailto:${frame.site.email}`}>
              <EmailText email={frame.site.email} />
            </a>
            . We answer within {frame.site.answersWithin} working days.
          </p>
        </div>
      </li>
    </ul>
  </section>
);
