/** How do screen readers learn of a text that changes? */

import * as React from 'react';

/** Milliseconds after which a text is settled: while a notebook opens, it changes a few times. */
const SETTLED = 300;

/** Announces a text that stands elsewhere on the page, once it has settled; nothing is seen. */
export function Announcement({ text }: { text: string }): React.ReactElement {
  const [announced, setAnnounced] = React.useState('');
  React.useEffect(() => {
    const timer = setTimeout(() => setAnnounced(text), SETTLED);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span role="status" className="jp-NamespaceViz-spoken">
      {announced}
    </span>
  );
}
