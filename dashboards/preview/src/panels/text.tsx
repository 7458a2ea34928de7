import { css } from "@emotion/css";
import {
  FieldColorModeId,
  type PanelPlugin,
  type PanelProps,
  renderTextPanelMarkdown,
  textUtil,
} from "@grafana/data";
import { ScrollContainer } from "@grafana/ui";
import type { ReactElement } from "react";
import { panelPlugin } from "./panel-plugin.ts";

interface TextOptions {
  readonly mode?: "markdown" | "html" | "code";
  readonly content?: string;
}

function Text({ options, replaceVariables }: PanelProps<TextOptions>): ReactElement {
  const content = replaceVariables(options.content ?? "", {}, "html");
  if (options.mode === "code") return <pre>{content}</pre>;
  const html =
    options.mode === "html" ? textUtil.sanitizeTextPanelContent(content) : renderTextPanelMarkdown(content);
  return (
    <ScrollContainer>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by Grafana's own functions above. */}
      <div className={`markdown-html ${text}`} dangerouslySetInnerHTML={{ __html: html }} />
    </ScrollContainer>
  );
}

const text = css({ "> :first-child": { marginTop: 0 }, "> :last-child": { marginBottom: 0 } });

/** Words, as Markdown. */
export const TEXT: PanelPlugin<TextOptions> = panelPlugin<TextOptions>(Text, FieldColorModeId.Thresholds);
