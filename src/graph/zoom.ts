/** How does the user pan and zoom the graph? */

import { select } from 'd3-selection';
import { zoom, zoomIdentity } from 'd3-zoom';
import type { D3ZoomEvent, ZoomBehavior } from 'd3-zoom';
import { scaleIn } from './layout';
import type { ISize } from './layout';

const MIN_SCALE = 0.05;
const MAX_SCALE = 3;

/** The smallest scale at which the text can be read. */
const READABLE_SCALE = 0.7;

/** Pixels around the drawing. */
const MARGIN = 24;

/** The part of an element in which a drawing is shown. */
export function viewOf({ clientHeight, clientWidth }: SVGSVGElement): ISize {
  return { width: clientWidth - 2 * MARGIN, height: clientHeight - 2 * MARGIN };
}

/** Pans and zooms a drawing by wheel, drag, touch and buttons, and follows the focus. */
export class Zoom {
  /** `stage` is the part of `svg` that is moved. */
  constructor(
    private readonly _svg: SVGSVGElement,
    stage: SVGGElement
  ) {
    this._behavior = zoom<SVGSVGElement, unknown>()
      .scaleExtent([MIN_SCALE, MAX_SCALE])
      .on('zoom', ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) =>
        stage.setAttribute('transform', transform.toString())
      );
    select(_svg).call(this._behavior).on('dblclick.zoom', null);
  }

  /** Show the whole drawing of this size, at a scale of at most 1. */
  fit(width: number, height: number): void {
    const scale = this._fitting(width, height);
    const { clientHeight, clientWidth } = this._svg;
    const x = Math.max(MARGIN, (clientWidth - width * scale) / 2);
    const y = Math.max(MARGIN, (clientHeight - height * scale) / 2);
    select(this._svg).call(this._behavior.transform, zoomIdentity.translate(x, y).scale(scale));
  }

  /** Show the whole drawing if its text stays readable, else the part around a point. */
  begin(width: number, height: number, around: { x: number; y: number }): void {
    this.fit(width, height);
    if (this._fitting(width, height) < READABLE_SCALE) {
      select(this._svg).call(this._behavior.scaleTo, READABLE_SCALE);
      this.show(around.x, around.y);
    }
  }

  scaleBy(factor: number): void {
    select(this._svg).call(this._behavior.scaleBy, factor);
  }

  /** Bring this point into the middle. */
  show(x: number, y: number): void {
    select(this._svg).call(this._behavior.translateTo, x, y);
  }

  private _fitting(width: number, height: number): number {
    return Math.max(MIN_SCALE, scaleIn(viewOf(this._svg), { width, height }));
  }

  private readonly _behavior: ZoomBehavior<SVGSVGElement, unknown>;
}
