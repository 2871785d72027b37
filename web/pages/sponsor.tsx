import type { Sponsor } from '../../functions/domain/registration.ts';
import { MOST_ASKED } from '../../functions/domain/sponsor.ts';
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
  /** Whom they asked, the last one first. */
  readonly asked: readonly Sponsor[];
  /** As typed. */
  readonly email: string;
  readonly errors: Errors;
}

/**
 * `/registrations/:id/supervisor`: asks a supervisor to confirm the applicant by mail. Posts `email`, and `insteadOf`:
 * whom the page shows as asked.
 */
export const AskSponsorPage = ({ frame, event, registration, asked, email, errors }: AskSponsorPageProps) => {
  const [sponsor] = asked;
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
          {asked.map(({ email: to, askedAt, answer }, index) => (
            <p>
              We asked <EmailText email={to} strong /> on {dateWithoutYear(askedAt, zone)}.{' '}
              {answer === null && index > 0 ? 'They can’t answer any more.' : SAID[answer ?? 'nothing']}
            </p>
          ))}
          {asked.length >= MOST_ASKED && sponsor?.answer !== 'confirmed' ? (
            <p>
              You have asked {MOST_ASKED} people, and we don’t mail more. The training desk decides without it, too.
            </p>
          ) : null}
          {sponsor?.answer === 'confirmed' || asked.length >= MOST_ASKED ? (
            <LinkButton href={registration.href} look="outline">
              Back to my registration
            </LinkButton>
          ) : (
            <>
              <p>
                We email a supervisor or colleague whose address we know. They say with one press that they know you. It
                helps us answer sooner, and a person at the Center still decides.
                {sponsor?.answer === null ? ' If you ask somebody else, the first can’t answer any more.' : ''}
              </p>
              <form method="post" action={`${registration.href}/supervisor`} novalidate>
                <input type="hidden" name="insteadOf" value={sponsor?.email ?? ''} />
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
  /** Who was asked: whoever has the link answers for them. */
  readonly supervisor: string;
  /** `/confirm/:secret`; the buttons post `answer` there. */
  readonly href: string;
  /** `over`: the desk has decided, the application was withdrawn or the training has begun. */
  readonly state: 'asked' | 'confirmed' | 'unknown' | 'over';
}

/** `/confirm/:secret`: one button for a supervisor. Opening it changes nothing. */
export const ConfirmPage = (props: ConfirmPageProps) => {
  const { frame, event, sessions, applicant, state } = props;
  const name = applicant.name || applicant.email;
  const title = state === 'asked' ? `Do you know ${name}?` : state === 'over' ? 'No answer is needed' : 'Thank you';
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

const Ask = ({ applicant, supervisor, href }: ConfirmPageProps) => (
  <>
    <p class="confirm-means">
      {applicant.name ? `${applicant.name} (` : ''}
      <EmailText email={applicant.email} strong />
      {applicant.name ? ')' : ''} asked to come to this training and named you as a supervisor or colleague who knows
      them. {applicant.agency ? `They gave “${applicant.agency}” as their agency. ` : ''}What you say helps the training
      desk, which decides.
    </p>
    <p class="confirm-means">
      You answer as <EmailText email={supervisor} strong />. If that isn’t you, close this page.
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
  over: 'The application was decided or withdrawn meanwhile, or the training has begun. You can close this page.',
} as const;
