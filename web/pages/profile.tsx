import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import type { Errors } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import type { Frame } from '../frame.ts';
import { AboutYou, type ProfileValues } from './profile-fields.tsx';

export interface ProfilePageProps {
  readonly frame: Frame;
  readonly email: string;
  readonly asksComponent: boolean;
  readonly values: ProfileValues;
  readonly saved: boolean;
  /** The registration of a seat that they took over just now, though the desk has no name of theirs. Sent as `seat`. */
  readonly seat: string | null;
  readonly errors: Errors;
}

/** `/profile`: what we know of you. Posts to itself; sign-out posts to `/sign-out`. */
export const ProfilePage = ({ frame, email, asksComponent, values, saved, seat, errors }: ProfilePageProps) => (
  <Layout frame={frame} title="Your details" error={errors.length > 0} at="profile">
    <div class="wrap">
      <div class="narrow profile">
        <h1>Your details</h1>
        {saved && errors.length === 0 ? (
          <p class="note note-good" role="status">
            <Icon name="checkCircle" size={20} /> <span>We saved your details.</span>
          </p>
        ) : null}
        {seat && errors.length === 0 ? (
          <p class="note note-good" role="status">
            <Icon name="checkCircle" size={20} />
            <span>
              <strong>The seat is yours.</strong> We have no name of yours yet: the attendee list needs one, and your
              agency.
            </span>
          </p>
        ) : null}
        <ErrorSummary errors={errors} to="save" />
        <form method="post" action="/profile" novalidate>
          {seat ? <input type="hidden" name="seat" value={seat} /> : null}
          <AboutYou email={email} change="/sign-in" asksComponent={asksComponent} values={values} errors={errors} />
          <div class="button-row">
            <Button big>Save my details</Button>
          </div>
        </form>
        <section class="section">
          <h2>Sign out</h2>
          <p>On a shared computer, sign out when you are done.</p>
          <form method="post" action="/sign-out" class="after-words">
            <Button look="outline">Sign out</Button>
          </form>
        </section>
      </div>
    </div>
  </Layout>
);
