/** How is the icon of a status drawn? */

import * as React from 'react';
import { appearanceIcons } from '../../appearance/icons';

/** The icon of an appearance; hidden from screen readers, because words next to it say the same. */
export function StatusIcon({
  appearance
}: {
  appearance: keyof typeof appearanceIcons;
}): React.ReactElement {
  const Icon = appearanceIcons[appearance].react;
  return (
    <Icon tag="span" className={`jp-NamespaceViz-icon jp-mod-${appearance}`} aria-hidden="true" />
  );
}
