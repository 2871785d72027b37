import type { SSTConfig } from 'sst';
import { bundleAll } from './stacks/bundle.ts';
import { fromFolders } from './stacks/code.ts';
import { addDesk } from './stacks/desk.ts';
import { settingsOf } from './stacks/settings.ts';

export default {
  config: ({ stage = 'dev' }) => ({ name: 'training-desk', stage, region: settingsOf(stage).region }),
  async stacks(app) {
    const props = { stage: app.stage, settings: settingsOf(app.stage), code: fromFolders(await bundleAll()) };
    app.stack(({ stack }) => addDesk(stack, props), { id: 'desk' });
  },
} satisfies SSTConfig;
