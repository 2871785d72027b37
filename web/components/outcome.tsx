import type { PropsWithChildren } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

/** The one fact of a page, big, above its ticket. */
export const Outcome = ({
  tone,
  icon,
  title,
  children,
}: PropsWithChildren<{ tone: 'good' | 'waiting' | 'checked' | 'quiet'; icon: IconName; title: string }>) => (
  <div class={`page-head head-under tone-${tone === 'waiting' ? 'checked' : tone}`}>
    <div class="wrap outcome">
      <span class={`outcome-mark mark-${tone}`}>
        <Icon name={icon} size={32} />
      </span>
      <div>
        <h1>{title}</h1>
        <div class="lead">{children}</div>
      </div>
    </div>
  </div>
);
