import { Layout } from '../components/layout.tsx';
import type { Frame } from '../frame.ts';

/** `/privacy`: a placeholder until the owner's privacy office gives the text. */
export const PrivacyPage = ({ frame }: { readonly frame: Frame }) => (
  <Layout frame={frame} title="Privacy Act notice">
    <div class="wrap">
      <div class="narrow plain-page prose">
        <h1>Privacy Act notice</h1>
        <p class="note note-soon">
          This text is a placeholder. The privacy office of the Center gives the final words, the authority and the
          system of records notice before launch.
        </p>
        <h2>Authority</h2>
        <p>6 U.S.C. § 642 lets us ask for this information.</p>
        <h2>Why we ask</h2>
        <p>
          We use what you give us to check which trainings you may attend, to give you a seat and your own join link, to
          send you what you sign up for, and to arrange what you need to take part.
        </p>
        <h2>Who sees it</h2>
        <p>
          The training desk, and the trainers of the trainings you register for. Every view and export of an attendee
          list is on record. Accommodations never leave the desk and the trainers.
        </p>
        <h2>Whether you have to answer</h2>
        <p>
          No. Without an email address, a name and an agency we can’t register you. Answers marked optional change
          nothing.
        </p>
        <h2>Questions</h2>
        <p>
          Email <a href={`mailto:${frame.site.email}`}>{frame.site.email}</a>.
        </p>
      </div>
    </div>
  </Layout>
);
