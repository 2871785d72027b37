import type { Sponsor } from '../../functions/domain/registration.ts';
import { dateWithoutYear, type TimeZone } from '../../functions/domain/time.ts';
import { Button, LinkButton } from '../components/button.tsx';
import { EmailText } from '../components/email-text.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { TextField, type Errors } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { daysInShort, type Timed } from '../words/when.ts';

export interface AskSponsorPageProps {
  readonly frame: Frame;
  readonly event: { readonly title: string; readonly timeZone: TimeZone };
  readonly registration: { readonly href: string; readonly sessions: readonly Timed[] };
  /** Who was asked; null: nobody yet. */
  readonly sponsor: Sponsor | null;
  /** As typed. */
  readonly email: string;
  readonly errors: Errors;
}

/** `/registrations/:id/supervisor`: asks a supervisor to confirm the applicant by mail. Posts `email`. */
export const AskSponsorPage = ({ frame, event, registration, sponsor, email, errors }: AskSponsorPageProps) => {
  const zone = zoneFor(frame, event.timeZone);
  const title = 'Ask a supervisor to confirm you';
  return (
    <Layout frame={frame} title={`${title}: ${event.title}`} error={errors.length > 0} at="registrations">
      <div class="wrap">
        <a class="back" href={registration.href}>
          <Icon name="back" /> My registration
        </a>
        <h1>{title}</h1>
        <p class="lead">
          {event.title}, {daysInShort(registration.sessions, zone)}
        </p>
        <div class="narrow change-answers">
          <ErrorSummary errors={errors} to="ask a supervisor" rest="Nobody was asked." />
          {sponsor ? (
            <p>
              We asked <EmailText email={sponsor.email} strong /> on {dateWithoutYear(sponsor.askedAt, zone)}.{' '}
              {SAID[sponsor.answer ?? 'nothing']}
            </p>
          ) : null}
          {sponsor?.answer === 'confirmed' ? null : (
            <>
              <p>
                We email a supervisor or colleague whose address we know. They say with one press that they know you. It
                helps us answer sooner, and a person at the Center still decides.
              </p>
              <form method="post" action={`${registration.href}/supervisor`} novalidate>
                <section class="form-section">
                  <TextField
                    path="email"
                    label={sponsor ? 'Another supervisor’s work address' : 'Their work address'}
                    hint="At an agency that we know for this training. We tell them your name, your address and your agency"
                    type="email"
                    inputmode="email"
                    value={email}
                    errors={errors}
                    autocomplete="off"
                    maxlength={254}
                  />
                </section>
                <div class="button-row">
                  <Button big>Ask them</Button>
                  <LinkButton href={registration.href} look="text">
                    Not now
                  </LinkButton>
                </div>
              </form>
            </>
          )}
        </div>
      </div>
    </Layout>
  );
};

const SAID = {
  nothing: 'They have not answered yet.',
  confirmed: 'They confirmed that they know you.',
  unknown: 'They answered that they don’t know you.',
} as const;

export interface ConfirmPageProps {
  readonly frame: Frame;
  readonly event: { readonly title: string; readonly timeZone: TimeZone };
  readonly sessions: readonly Timed[];
  readonly applicant: { readonly name: string; readonly email: string; readonly agency: string };
  /** `/confirm/:secret`; the buttons post `answer` there. */
  readonly href: string;
  /** `over`: the desk has decided, so no answer is needed. */
  readonly state: 'asked' | 'confirmed' | 'unknown' | 'over';
}

/** `/confirm/:secret`: one button for a supervisor. Opening it changes nothing. */
export const ConfirmPage = (props: ConfirmPageProps) => {
  const { frame, event, sessions, applicant, state } = props;
  const name = applicant.name || applicant.email;
  const title = state === 'asked' ? `Do you know ${name}?` : 'Thank you';
  return (
    <Layout frame={frame} title={`${title}: ${event.title}`}>
      <div class="wrap">
        <h1>{title}</h1>
        <p class="lead">
          {event.title}, {daysInShort(sessions, zoneFor(frame, event.timeZone))}
        </p>
        {state === 'asked' ? <Ask {...props} /> : <p>{DONE[state]}</p>}
      </div>
    </Layout>
  );
};

const Ask = ({ applicant, href }: ConfirmPageProps) => (
  <>
    <p class="confirm-means">
      {applicant.name ? `${applicant.name} (` : ''}
      <EmailText email={applicant.email} strong />
      {applicant.name ? ')' : ''} asked to come to this training and named you as a supervisor or colleague who knows
      them. {applicant.agency ? `They gave “${applicant.agency}” as their agency. ` : ''}What you say helps the training
      desk, which decides.
    </p>
    <form class="button-row" method="post" action={href}>
      <Button big name="answer" value="confirmed">
        Yes, I know them and they may attend
      </Button>
      <Button look="outline" name="answer" value="unknown">
        No, I don’t know them
      </Button>
    </form>
  </>
);

const DONE = {
  confirmed: 'You said that you know them. The training desk sees it beside the application. You can close this page.',
  unknown:
    'You said that you don’t know them. The training desk sees it beside the application. You can close this page.',
  over: 'The training desk has decided meanwhile, so no answer is needed any more.',
} as const;
