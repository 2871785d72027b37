import { ANSWER_LONGEST } from '../../../functions/domain/questions.ts';
import { OneChoice } from '../../components/choices.tsx';
import { SelectField, TextArea, TextField, type Errors, type Option } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { idOf } from '../../words/paths.ts';
import type { EditorValues } from './editor-values.ts';

const KINDS: readonly Option[] = [
  { value: 'text', label: 'In words' },
  { value: 'choice', label: 'One of several' },
  { value: 'several', label: 'Any of several' },
  { value: 'yes-no', label: 'Yes or no' },
];

/** Questions that the form asks beside who and when. */
export const EditorQuestions = ({ values, errors }: { values: EditorValues; errors: Errors }) => (
  <section class="editor-part" id="questions">
    <h2>Questions to ask</h2>
    <p class="part-note">Optional. Never ask for case details: the form says to leave them out.</p>
    {values.questions.map((question, index) => {
      const path = `questions.${index}`;
      const wrong = errors.some((error) => error.path.startsWith(`${path}.`));
      return (
        <fieldset class={`usa-fieldset block${wrong ? ' block-wrong' : ''}`}>
          <legend>Question {index + 1}</legend>
          <input type="hidden" name={`${path}.id`} value={question.id} />
          <TextField path={`${path}.label`} label="Question" value={question.label} errors={errors} maxlength={200} />
          <div class="field-pair">
            <SelectField path={`${path}.kind`} label="Answer" value={question.kind} options={KINDS} errors={errors} />
            <OneChoice
              kind="checkbox"
              name={`${path}.required`}
              id={idOf(`${path}.required`)}
              option={{ value: 'yes', label: 'It has to be answered' }}
              checked={question.required}
            />
          </div>
          <TextArea
            path={`${path}.options`}
            label="Choices"
            hint="One a line, 2 to 12, where the answer is one or any of several"
            optional={question.kind !== 'choice' && question.kind !== 'several'}
            value={question.options}
            errors={errors}
            rows={3}
          />
          <TextField
            path={`${path}.maxLength`}
            label="Longest answer"
            hint={`In characters, up to 2,000, where the answer is in words. Empty: ${ANSWER_LONGEST}`}
            optional
            value={question.maxLength}
            errors={errors}
            inputmode="numeric"
            width="short"
          />
          <button
            class="linkbutton block-remove"
            type="submit"
            name="do"
            value={`remove-question-${index}`}
            formaction="#questions"
          >
            Remove<span class="usa-sr-only"> question {index + 1}</span>
          </button>
        </fieldset>
      );
    })}
    <button
      class="usa-button usa-button--outline part-add"
      type="submit"
      name="do"
      value="add-question"
      formaction={`#${idOf(`questions.${values.questions.length}.label`)}`}
    >
      <Icon name="add" /> Add a question
    </button>
  </section>
);
