import {
  ACCOMMODATION_WORDS,
  ANSWER_LONGEST,
  REASON,
  REASON_LONGEST,
  type Question,
} from '../../functions/domain/questions.ts';
import { Choices } from '../components/choices.tsx';
import { TextArea, TextField, type Errors } from '../components/field.tsx';

export type AskedQuestion = Question;
/** Answers as sent, a list for several; "yes" and "no" in words. Fields are named `answers.<question>`. */
export type AnswerValues = Readonly<Record<string, readonly string[]>>;
export interface NeedValues {
  readonly needs: readonly string[];
  readonly other: string;
}

/** What a person needs so that they can take part; why is never asked. */
export const NeedFields = ({ needs, errors }: { needs: NeedValues; errors: Errors }) => (
  <>
    <Choices
      path="accommodations.needs"
      legend="Do you need any of these?"
      hint="Automatic captions are always on. The training desk answers each request. Only the desk and the trainers see it."
      optional
      many
      look="columns"
      options={Object.entries(ACCOMMODATION_WORDS).map(([value, label]) => ({ value, label }))}
      chosen={needs.needs}
      errors={errors}
    />
    <TextField
      path="accommodations.other"
      label="Something else"
      optional
      value={needs.other}
      errors={errors}
      width="medium"
      maxlength={300}
    />
  </>
);

/** The one question more to people whom a person checks. */
export const ReasonField = ({ answers, errors }: { answers: AnswerValues; errors: Errors }) => (
  <TextArea
    path={`answers.${REASON}`}
    label="Why do you want to come?"
    hint="Leave out case details. The person who checks reads this."
    value={answers[REASON]?.[0] ?? ''}
    maxlength={REASON_LONGEST}
    errors={errors}
  />
);

/** What was typed; a question may bear the name of what every object has. */
const typedAs = (answers: AnswerValues, id: string): readonly string[] =>
  (Object.hasOwn(answers, id) ? answers[id] : undefined) ?? [];

/** The questions that staff added to this event. */
export const AnswerFields = (props: { questions: readonly Question[]; answers: AnswerValues; errors: Errors }) => (
  <>
    {props.questions.map((question) => (
      <Asked question={question} chosen={typedAs(props.answers, question.id)} errors={props.errors} />
    ))}
  </>
);

const Asked = ({ question, chosen, errors }: { question: Question; chosen: readonly string[]; errors: Errors }) => {
  const common = { path: `answers.${question.id}`, optional: !question.required, errors };
  switch (question.kind) {
    case 'text': {
      const longest = question.maxLength ?? ANSWER_LONGEST;
      const hint = 'Leave out case details';
      const value = chosen[0] ?? '';
      return longest > 120 ? (
        <TextArea {...common} label={question.label} hint={hint} value={value} maxlength={longest} />
      ) : (
        <TextField {...common} label={question.label} hint={hint} value={value} maxlength={longest} />
      );
    }
    case 'choice':
      return <Choices {...common} legend={question.label} options={asOptions(question.options)} chosen={chosen} />;
    case 'several':
      return (
        <Choices
          {...common}
          legend={question.label}
          hint="Choose any"
          many
          look="columns"
          options={asOptions(question.options)}
          chosen={chosen}
        />
      );
    case 'yes-no':
      return <Choices {...common} legend={question.label} options={YES_NO} chosen={chosen} />;
  }
};

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];
const asOptions = (options: readonly string[] | undefined) => (options ?? []).map((value) => ({ value, label: value }));
