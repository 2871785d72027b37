import type { HostList, HostRecord } from '../../../functions/domain/audience.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { Choices } from '../../components/choices.tsx';
import { TextField, type Errors } from '../../components/field.tsx';

/** What was typed of a decision on a host, or what is kept. */
export interface HostValues {
  readonly agency: string;
  readonly class: string;
  readonly lists: readonly string[];
  readonly evidence: string;
  /** `2028-02-02`: the last day on which it holds. */
  readonly ends: string;
  /** The version that the form shows; 0 where the host is not decided yet. */
  readonly rev: number;
}

export const CLASSES: readonly {
  readonly value: HostRecord['class'];
  readonly label: string;
  readonly note: string;
}[] = [
  { value: 'exclusive', label: 'Exclusive', note: 'Only this agency. Its people are in right away' },
  { value: 'shared', label: 'Shared', note: 'City, county, university or provider. Each person is checked once' },
  { value: 'contractor', label: 'Contractors', note: 'An agency’s contractors. Each person is checked' },
];

export const LIST_WORDS: Readonly<Record<HostList, string>> = {
  'law-enforcement': 'Law enforcement',
  dhs: 'DHS',
  hsi: 'HSI',
  uscis: 'USCIS',
  opla: 'OPLA',
  acquisition: 'DHS acquisition',
};

interface HostFormProps {
  readonly host: string;
  readonly values: HostValues;
  readonly errors: Errors;
  /** Where the press leads back to. */
  readonly back: { readonly href: string; readonly words: string };
  /** Who decides: the reader. */
  readonly by: string;
}

/** A decision on one host. Posts to the host's own page. */
export const HostForm = ({ host, values, errors, back, by }: HostFormProps) => (
  <form class="host-form" method="post" action={`/staff/hosts/${host}`} novalidate>
    <input type="hidden" name="rev" value={values.rev} />
    <input type="hidden" name="back" value={back.href} />
    <Choices
      path="class"
      legend="Who uses this host?"
      errors={errors}
      options={CLASSES}
      chosen={[values.class]}
      look="tiles"
    />
    <TextField path="agency" label="Agency" value={values.agency} errors={errors} maxlength={120} />
    <TextField
      path="evidence"
      label="How we know"
      hint="What was said, by whom, at which published number. No case details"
      value={values.evidence}
      errors={errors}
      maxlength={300}
    />
    <Choices
      path="lists"
      legend="It counts as"
      hint="Trainings for these let its people in"
      errors={errors}
      options={Object.entries(LIST_WORDS).map(([value, label]) => ({ value, label }))}
      chosen={values.lists}
      many
      look="columns"
      optional
    />
    <TextField path="ends" label="Holds until" type="date" value={values.ends} errors={errors} width="medium" />
    <p class="small quiet">Verified by {by} (you), today.</p>
    <div class="button-row">
      <Button look="outline">Save this host</Button>
      <LinkButton href={back.href} look="text">
        {back.words}
      </LinkButton>
    </div>
  </form>
);
