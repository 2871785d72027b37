import type { Adapter, AdapterPayload } from 'oidc-provider';

/** For the few things that the provider gives no end of its own. */
const FOREVER_SECONDS = 86_400;

interface Entry {
  readonly payload: AdapterPayload;
  readonly until: number;
}

/** Keeps what the identity provider must remember between requests; a restart forgets it, and people sign in again. */
export function identityMemory(): (kind: string) => Adapter {
  const entries = new Map<string, Entry>();
  return (kind) => adapterFor(kind, entries);
}

function adapterFor(kind: string, entries: Map<string, Entry>): Adapter {
  const key = (id: string): string => `${kind}:${id}`;
  const current = (entry: Entry | undefined): AdapterPayload | undefined =>
    entry && entry.until > Date.now() ? entry.payload : undefined;
  const firstWith = (holds: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    const own = [...entries].filter(([name]) => name.startsWith(`${kind}:`));
    return own.map(([, entry]) => current(entry)).find((payload) => payload && holds(payload));
  };
  return {
    upsert: async (id, payload, expiresIn) => {
      forgetOld(entries);
      entries.set(key(id), { payload, until: Date.now() + (expiresIn ?? FOREVER_SECONDS) * 1_000 });
    },
    find: async (id) => current(entries.get(key(id))),
    findByUid: async (uid) => firstWith((payload) => payload.uid === uid),
    findByUserCode: async (code) => firstWith((payload) => payload.userCode === code),
    consume: async (id) => {
      const entry = entries.get(key(id));
      if (entry) entry.payload.consumed = Math.floor(Date.now() / 1_000);
    },
    destroy: async (id) => void entries.delete(key(id)),
    revokeByGrantId: async (grant) => {
      for (const [name, { payload }] of entries) if (payload.grantId === grant) entries.delete(name);
    },
  };
}

function forgetOld(entries: Map<string, Entry>): void {
  const now = Date.now();
  for (const [name, { until }] of entries) if (until <= now) entries.delete(name);
}
