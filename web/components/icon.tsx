import { ICON_PATHS } from './icon-paths.ts';

export type IconName = keyof typeof ICON_PATHS;

/** A drawing beside words that say the same; hidden from assistive technology. */
export const Icon = ({ name, size = 18 }: { name: IconName; size?: 16 | 18 | 20 | 24 | 32 }) => (
  <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={ICON_PATHS[name]} />
  </svg>
);
