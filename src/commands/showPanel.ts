/** Which command shows the side panel? */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandIds, PANEL_ID, VIEWS } from '../tokens/commands';
import type { ViewName } from '../tokens/commands';

/** Add the command that shows the panel; `chooseView` shows one of its views. */
export function addPanelCommand(
  { commands, shell }: JupyterFrontEnd,
  trans: TranslationBundle,
  chooseView: (view: ViewName) => void
): void {
  commands.addCommand(CommandIds.showPanel, {
    label: ({ view }) =>
      viewOf(view) === 'problems'
        ? trans.__('Show Namespace Problems')
        : trans.__('Show Namespace Panel'),
    caption: trans.__('Show which cells define and need which names'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          view: { enum: [...VIEWS], description: 'The view; by default the one chosen last' }
        }
      }
    },
    execute: ({ view }) => {
      const wanted = viewOf(view);
      if (wanted) {
        chooseView(wanted);
      }
      shell.activateById(PANEL_ID);
      // The command palette gives the focus back to the notebook when it closes: wait for that.
      requestAnimationFrame(() => document.getElementById(PANEL_ID)?.focus());
    }
  });
}

function viewOf(view: unknown): ViewName | undefined {
  return VIEWS.find(one => one === view);
}
