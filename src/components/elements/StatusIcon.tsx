/** How is the icon of a status drawn? */

import * as React from 'react';
import { lookIcons } from '../../appearance/icons';

/** The icon of a look; words beside it say the same. */
export function StatusIcon({ look }: { look: keyof typeof lookIcons }): React.ReactElement {
  const Icon = lookIcons[look].react;
  return <Icon tag="span" className={`jp-NamespaceViz-icon jp-mod-${look}`} aria-hidden="true" />;
}
