/** Which requested plans has the server not sent yet? */

import { PromiseDelegate, UUID } from '@lumino/coreutils';
import type { Planned, PlanRequest, Refused } from '../protocol';
import { NotConnectedError } from '../tokens/models';

/** The plans that were requested over the current connection and have not arrived. */
export class PendingPlans {
  /** Request a plan; `send` returns false without a connection. See `INamespaceModel.requestPlan`. */
  request(
    targets: readonly string[] | null,
    mode: PlanRequest['mode'],
    send: (request: PlanRequest) => boolean
  ): Promise<Planned> {
    const request: PlanRequest = {
      kind: 'plan',
      request_id: UUID.uuid4(),
      targets: targets && [...targets],
      mode
    };
    if (!send(request)) {
      return Promise.reject(new NotConnectedError());
    }
    const plan = new PromiseDelegate<Planned>();
    this._awaited.set(request.request_id, plan);
    return plan.promise;
  }

  resolve(planned: Planned): void {
    this._awaited.get(planned.request_id)?.resolve(planned);
    this._awaited.delete(planned.request_id);
  }

  /** Reject the plan that the refusal answers; false if it answers something else. */
  reject({ message, request_id }: Refused): boolean {
    if (request_id === null) {
      return false;
    }
    this._awaited.get(request_id)?.reject(new Error(message));
    this._awaited.delete(request_id);
    return true;
  }

  /** Reject all plans, because the connection is lost. */
  rejectAll(): void {
    for (const plan of this._awaited.values()) {
      plan.reject(new NotConnectedError());
    }
    this._awaited.clear();
  }

  private _awaited = new Map<string, PromiseDelegate<Planned>>();
}
