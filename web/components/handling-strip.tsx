import { Icon } from './icon.tsx';

/** The ink bar above every list of names: how it must be handled, and who may see it. */
export const HandlingStrip = ({ marking, text }: { marking: string; text: string }) => (
  <p class="handling">
    <Icon name="lock" size={16} />
    <span>
      {marking ? <strong>{marking}. </strong> : null}
      {text}
    </span>
  </p>
);
