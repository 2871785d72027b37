import { EmailText } from '../components/email-text.tsx';
import { SelectField, TextField, type Errors } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { zoneOptions } from '../components/zone-form.tsx';

/** A profile as typed; empty where nothing was given. */
export interface ProfileValues {
  readonly givenName: string;
  readonly familyName: string;
  readonly name: string;
  readonly title: string;
  readonly agency: string;
  readonly component: string;
  /** As sent: it may be no zone at all. */
  readonly timeZone: string;
}

interface ProfileFieldsProps {
  asksComponent: boolean;
  values: ProfileValues;
  errors: Errors;
}

/** The section "About you": who is signed in, the Privacy Act sentence, the profile. */
export const AboutYou = ({ email, change, ...rest }: ProfileFieldsProps & { email: string; change: string }) => (
  <section class="form-section">
    <h2>About you</h2>
    <p class="signed-in-as">
      <Icon name="account" />
      <span>
        Signed in as <EmailText email={email} strong />. <a href={change}>Change address</a>
      </span>
    </p>
    <ProfileFields {...rest} />
  </section>
);

/** The fields of a profile, below the sentence that says why we ask. */
export const ProfileFields = ({ asksComponent, values, errors }: ProfileFieldsProps) => (
  <>
    <p class="privacy-line">
      6 U.S.C. § 642 lets us ask. We use your answers to give you a seat and the join link.{' '}
      <a href="/privacy">Privacy Act notice</a>
    </p>
    <div class="field-pair">
      <TextField
        path="givenName"
        label="Given name"
        optional
        value={values.givenName}
        errors={errors}
        autocomplete="given-name"
        maxlength={60}
      />
      <TextField
        path="familyName"
        label="Family name"
        optional
        value={values.familyName}
        errors={errors}
        autocomplete="family-name"
        maxlength={60}
      />
    </div>
    <TextField
      path="name"
      label="Full name"
      hint="As it stands on the attendee list, like Dana R. Whitfield"
      value={values.name}
      errors={errors}
      autocomplete="name"
      maxlength={100}
    />
    <div class="field-pair">
      <TextField
        path="title"
        label="Title"
        hint="Your rank or job title"
        optional
        value={values.title}
        errors={errors}
        autocomplete="organization-title"
        maxlength={80}
      />
      <SelectField
        path="timeZone"
        label="Time zone"
        hint="We show every time in this zone"
        value={values.timeZone}
        options={zoneOptions(values.timeZone)}
        errors={errors}
      />
    </div>
    <TextField
      path="agency"
      label="Agency or organization"
      value={values.agency}
      errors={errors}
      autocomplete="organization"
      maxlength={120}
    />
    {asksComponent ? (
      <TextField
        path="component"
        label="DHS component"
        hint="Such as CBP, ICE, TSA or USCIS"
        optional
        value={values.component}
        errors={errors}
        width="medium"
        maxlength={60}
      />
    ) : null}
  </>
);
