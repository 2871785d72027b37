import { FirstStaff, MailHold } from '../../domain/setting.ts';
import type { Instant } from '../../domain/time.ts';
import { UnreadableItem } from '../../domain/unreadable.ts';
import type { Store } from '../../usecases/store-port.ts';
import { keeping } from './keeping.ts';
import { RestoreItem } from './items.ts';
import { keys } from './keys.ts';
import { get, type Table } from './table.ts';

type SettingsStore = Pick<Store, 'mailHold' | 'mailHeld' | 'firstStaff' | 'restore'>;

/** Settings of the whole desk. `forget` is called after a commit that wrote one. */
export function settingsStore(table: Table, now: () => Instant): SettingsStore & { forget(): void } {
  const kept = keeping<'mail', boolean>(now);
  const mailHold = () => get(table, keys.setting('mail'), MailHold);
  const readHeld = async () => {
    try {
      return (await mailHold())?.held ?? false;
    } catch (error) {
      // written by hand and wrong: its writer meant to hold
      if (error instanceof UnreadableItem) return true;
      throw error;
    }
  };
  return {
    mailHold,
    mailHeld: () => kept.of('mail', readHeld),
    firstStaff: () => get(table, keys.setting('first-staff'), FirstStaff),
    restore: () => get(table, keys.setting('restore'), RestoreItem),
    forget: () => kept.forget(),
  };
}
