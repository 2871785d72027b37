import { Button, LinkButton } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { TextField, type Errors } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { Stub, type StubEvent } from '../components/stub.tsx';
import { zoneFor, type Frame } from '../frame.ts';

export interface SignInPageProps {
  readonly frame: Frame;
  readonly email: string;
  /** Where to go afterwards: a path of ours. Sent as `return`. */
  readonly returnTo: string;
  /** A form was sent after the session had ended: its answers are kept and come back. */
  readonly formKept: boolean;
  /** The training they came for. */
  readonly event: StubEvent | null;
  readonly errors: Errors;
}

/** `/sign-in`: one field. Posts to itself; DHS accounts start at `/auth/start`. */
export const SignInPage = ({ frame, email, returnTo, formKept, event, errors }: SignInPageProps) => (
  <Layout frame={frame} title={formKept ? 'Sign in again' : 'Sign in'} error={errors.length > 0} at="sign-in">
    <div class="wrap columns columns-sign-in">
      <div class="sign-in">
        <ErrorSummary errors={errors} to="get a code" rest="We send a code to that address." />
        <h1>{formKept ? 'Sign in again' : 'Sign in'}</h1>
        {formKept ? (
          <div class="note note-soon form-kept">
            <Icon name="clock" size={20} />
            <p>
              <strong>Your session ended.</strong> Sign in again and your answers are back. Nothing was sent yet.
            </p>
          </div>
        ) : (
          <p class="lead">There is no password. We email you a code.</p>
        )}
        <form method="post" action="/sign-in" novalidate>
          <input type="hidden" name="return" value={returnTo} />
          <TextField
            path="email"
            label="Work email"
            hint="Use your agency’s address if you have one. It tells us what you can attend."
            type="email"
            value={email}
            errors={errors}
            autocomplete="email"
            maxlength={254}
          />
          <div class="button-row">
            <Button big>Email me a code</Button>
          </div>
        </form>
        <p class="small quiet after-words">
          We use this address to sign you in, to check what you can attend and to send you what you sign up for.{' '}
          <a href="/privacy">Privacy Act notice</a>
        </p>
        <section class="ruled">
          <h2>Do you work for DHS?</h2>
          <p>Your DHS account works too, with no code. Staff and trainers of the desk use it.</p>
          <p class="after-words">
            <LinkButton href={`/auth/start?return=${encodeURIComponent(returnTo)}`} look="outline">
              Sign in with your DHS account
            </LinkButton>
          </p>
        </section>
        <section class="ruled">
          <h2>No agency mailbox?</h2>
          <p>
            On a task force, or between agencies, sign in with any address you can read now. Where a training is for
            some agencies only, a person then checks you.
          </p>
        </section>
      </div>
      {event ? <Stub event={event} zone={zoneFor(frame, event.timeZone)} /> : null}
    </div>
  </Layout>
);
