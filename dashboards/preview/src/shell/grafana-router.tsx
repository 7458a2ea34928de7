import { type ReactElement, type ReactNode, useLayoutEffect, useState } from "react";
import { type Location, type NavigationType, type Navigator, Router } from "react-router-dom";

/** The history that Grafana's packages bring, which has no types. */
interface History extends Navigator {
  readonly action: NavigationType;
  readonly location: Location;
  listen(listener: (location: Location, action: NavigationType) => void): () => void;
}

/** A router that follows Grafana's own history, into which its packages write time ranges and variables. */
export function GrafanaRouter(props: {
  readonly history: History;
  readonly children: ReactNode;
}): ReactElement {
  const { history, children } = props;
  const [{ action, location }, setState] = useState({ action: history.action, location: history.location });
  useLayoutEffect(() => history.listen((next, how) => setState({ action: how, location: next })), [history]);
  return (
    <Router location={location} navigationType={action} navigator={history}>
      {children}
    </Router>
  );
}
