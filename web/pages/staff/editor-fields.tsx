import { Choices, OneChoice } from '../../components/choices.tsx';
import { SelectField, TextArea, TextField, type Errors, type Option } from '../../components/field.tsx';
import type { EditorValues } from './editor-values.ts';

interface FieldsProps {
  values: EditorValues;
  errors: Errors;
}

/** Program, title, and the words of the public page. */
export const EditorBasics = ({ values, programs, errors }: FieldsProps & { programs: readonly Option[] }) => (
  <section class="editor-part" id="basics">
    <h2>Basics</h2>
    <SelectField
      path="programId"
      label="Counts toward"
      hint="The program says whom it is for, unless you say otherwise below"
      value={values.programId}
      options={programs}
      errors={errors}
    />
    <TextField path="title" label="Title" value={values.title} errors={errors} maxlength={160} />
    <TextArea
      path="description"
      label="One sentence about it"
      hint="People see this under the title. Say what they will be able to do."
      value={values.description}
      errors={errors}
      rows={2}
      maxlength={1500}
    />
    <TextArea
      path="outcomes"
      label="What they will be able to do"
      hint="One line each, up to 10"
      optional
      value={values.outcomes}
      errors={errors}
      rows={4}
    />
  </section>
);

const APPROVALS = [
  {
    value: 'automatic',
    label: 'Let people in whose email host is exclusive to an agency we know. A person checks the rest.',
  },
  { value: 'manual', label: 'A person checks everyone' },
];
const AUDIENCES: readonly Option[] = [
  { value: '', label: 'As the program says' },
  { value: 'anyone', label: 'Anyone' },
  { value: 'hosts', label: 'The hosts below' },
  { value: 'review', label: 'Whom a person approves' },
];
const OTHERS: readonly Option[] = [
  { value: 'review', label: 'A person checks them' },
  { value: 'refuse', label: 'They can’t register' },
];

/** Seats, who may attend, who decides. */
export const EditorPeople = ({ values, errors, published }: FieldsProps & { published: boolean }) => (
  <section class="editor-part" id="people">
    <h2>Seats and people</h2>
    <div class="field-three">
      <TextField
        path="capacity"
        label="Seats"
        hint="In each session, where people take one. Empty: no limit"
        value={values.capacity}
        errors={errors}
        inputmode="numeric"
      />
      <SelectField
        path="audience.kind"
        label="Who may attend"
        value={values.audience.kind}
        options={AUDIENCES}
        errors={errors}
      />
      <SelectField
        path="audience.others"
        label="Everybody else"
        value={values.audience.others}
        options={OTHERS}
        errors={errors}
      />
    </div>
    <Rush values={values} errors={errors} published={published} />
    <TextArea
      path="audience.hosts"
      label="Hosts"
      hint="Only where you chose “The hosts below”. One a line: an exact host such as police.example.gov, or the name of a list such as law-enforcement"
      optional
      value={values.audience.hosts}
      errors={errors}
      rows={2}
    />
    <Choices path="approval" legend="Approval" options={APPROVALS} chosen={[values.approval]} errors={errors} />
  </section>
);

/** How seats are given is fixed once an event is published. */
const Rush = ({ values, errors, published }: FieldsProps & { published: boolean }) =>
  published ? (
    <p class="part-note">
      {values.mode === 'sealed'
        ? 'Everybody waits in line a moment, and seats are given out in that order.'
        : 'Seats are given at once, until they are gone.'}{' '}
      This is fixed once an event is published.
    </p>
  ) : (
    <Choices
      path="mode"
      legend="Many people at once"
      many
      options={[{ value: 'sealed', label: 'We expect a rush: everybody waits in line a moment' }]}
      chosen={[values.mode]}
      errors={errors}
    />
  );

/** When registration opens and closes, and when the join button does. */
export const EditorRegistration = ({ values, errors }: FieldsProps) => (
  <section class="editor-part" id="registration">
    <h2>Registration</h2>
    <p class="part-note">In the event’s zone.</p>
    <div class="field-four">
      <TextField path="opens.date" label="Opens on" type="date" value={values.opens.date} errors={errors} />
      <TextField path="opens.time" label="Opens at" type="time" value={values.opens.time} errors={errors} />
      <TextField path="closes.date" label="Closes on" type="date" value={values.closes.date} errors={errors} />
      <TextField path="closes.time" label="Closes at" type="time" value={values.closes.time} errors={errors} />
    </div>
    <TextField
      path="joinOpensMinutes"
      label="Join button opens"
      hint="Minutes before the start, 0 to 120"
      value={values.joinOpensMinutes}
      errors={errors}
      inputmode="numeric"
      width="short"
    />
  </section>
);

/** Who teaches it and sees who comes. */
export const EditorTrainers = ({ values, trainers, errors }: FieldsProps & { trainers: readonly Option[] }) => (
  <section class="editor-part" id="trainers">
    <h2>Trainers</h2>
    <p class="part-note">They see the attendee list of this event. Each signs in with that address.</p>
    {trainers.length > 0 ? (
      <fieldset class="usa-fieldset group">
        <legend class="usa-legend">Trainers we know</legend>
        <div class="choices choices-columns">
          {trainers.map((trainer, index) => (
            <OneChoice
              kind="checkbox"
              name="trainer"
              id={`trainer-${index}`}
              option={{ value: trainer.value, label: trainer.label }}
              checked={values.knownTrainers.includes(trainer.value)}
            />
          ))}
        </div>
      </fieldset>
    ) : null}
    <TextArea
      path="trainers"
      label="Others, by email address"
      hint="One a line. An address may be new to the desk"
      optional
      value={values.trainers}
      errors={errors}
      rows={2}
    />
  </section>
);
