import { css } from "@emotion/css";
import { type GrafanaTheme2, renderMarkdown } from "@grafana/data";
import { LoadingPlaceholder, useStyles2 } from "@grafana/ui";
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { useNavigate, useParams } from "react-router-dom";
import { NothingHere } from "../shell/nothing-here.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { makeCopyable } from "./copyable-code.ts";

/** What somebody who was woken up reads. */
export function RunbookPage(): ReactElement {
  const { file = "" } = useParams();
  const [text, setText] = useState<string | null>();
  const styles = useStyles2(stylesOf);
  const article = useRef<HTMLElement>(null);
  const navigate = useNavigate();
  usePageTitle(file.replace(/\.md$/, ""));
  useEffect(() => {
    let isOver = false;
    setText(undefined);
    fetch(`/api/runbooks/${encodeURIComponent(file)}`)
      .then((response) => (response.ok ? response.text() : null))
      .catch(() => null)
      .then((answer) => {
        if (!isOver) setText(answer);
      });
    return () => {
      isOver = true;
    };
  }, [file]);
  const html = useMemo(() => renderMarkdown(text ?? ""), [text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another article.
  useEffect(() => makeCopyable(article.current), [html]);
  if (text === undefined) return <LoadingPlaceholder text="" />;
  if (text === null) return <NothingHere message={`There is no runbook "${file}".`} />;
  const follow = (event: React.MouseEvent): void => {
    const link = (event.target as Element).closest("a");
    const isOurs = link !== null && link.origin === location.origin && link.target === "";
    if (!isOurs || link.hash !== "" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link that has the focus makes a click of the Enter key.
    <article
      ref={article}
      className={`markdown-html ${styles}`}
      onClick={follow}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by Grafana's own renderMarkdown.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

function stylesOf(theme: GrafanaTheme2): string {
  return css({
    maxWidth: 820,
    margin: "0 auto",
    padding: theme.spacing(2, 0, 6),
    overflowWrap: "break-word",
    h1: { ...theme.typography.h2, margin: theme.spacing(1, 0, 2) },
    h2: { ...theme.typography.h4, margin: theme.spacing(4, 0, 1) },
    h3: { ...theme.typography.h5, margin: theme.spacing(3, 0, 1) },
    "li, p": { lineHeight: 1.6 },
    "ol > li, ul > li": { marginBottom: theme.spacing(1) },
    a: { color: theme.colors.text.link },
    // Grafana's own styles for Markdown are as specific, and come later. Of the outer borders, half lies outside the cells.
    "&& table": {
      display: "block",
      width: "fit-content",
      maxWidth: "100%",
      overflowX: "auto",
      padding: 1,
      border: 0,
    },
    "th:empty": { display: "none" },
    pre: {
      position: "relative",
      margin: theme.spacing(1, 0),
      padding: theme.spacing(1.5, 9, 1.5, 1.5),
      background: theme.colors.background.primary,
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      whiteSpace: "pre-wrap",
      overflowWrap: "anywhere",
      fontSize: theme.typography.bodySmall.fontSize,
      // Beside the button a phone has no place for words as long as metrics have.
      [theme.breakpoints.down("sm")]: { padding: theme.spacing(5, 1.5, 1.5) },
      code: { display: "block", padding: 0, border: 0, background: "none", whiteSpace: "inherit" },
    },
    "pre > button": {
      position: "absolute",
      top: theme.spacing(0.75),
      right: theme.spacing(0.75),
      padding: theme.spacing(0.25, 1),
      border: `1px solid ${theme.colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.secondary,
      color: theme.colors.text.secondary,
      fontFamily: theme.typography.fontFamily,
    },
  });
}
