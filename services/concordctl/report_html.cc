#include <openssl/evp.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/struct.pb.h"
#include "services/concordctl/json.h"
#include "services/concordctl/report_formats.h"
#include "services/concordctl/report_page_assets.h"
#include "services/concordctl/simulated_plan.h"

namespace concord::ctl {
namespace {

std::string Escaped(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

// <name attributes>content</name>. The content is markup.
std::string Element(absl::string_view name, absl::string_view attributes, absl::string_view content) {
  return absl::StrCat("<", name, attributes.empty() ? "" : " ", attributes, ">", content, "</", name, ">");
}

// As a content security policy names an inline script or style: by its hash, so that nothing else on the page is run,
// whatever a title says.
std::string HashSource(absl::string_view content) {
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(content.data(), content.size(), hash, &size, EVP_sha256(), nullptr);
  return absl::StrCat(" 'sha256-", absl::Base64Escape({reinterpret_cast<const char*>(hash), size}), "'");
}

// The rules of the page, and what stands on each sheet of paper. Names of plans are plain ASCII without quotes.
std::string StyleOf(const ReportDocument& document) {
  const ReportPageAssets assets = GetReportPageAssets();
  std::string sheet = absl::StrCat(
      "@page { size: A4 landscape; margin: 14mm 12mm 15mm; font: 8pt sans-serif; color: #55606e; ",
      "@bottom-left { content: \"", absl::CEscape(document.plan), " on ", absl::FormatCivilTime(document.date),
      "\"; } ", "@bottom-right { content: \"Page \" counter(page) \" of \" counter(pages); } ");
  if (document.simulated) absl::StrAppend(&sheet, "@top-right { content: \"SIMULATED\"; color: #9b1c1c; } ");
  return absl::StrCat("\n", assets.c3_style, "\n", assets.page_style, sheet, "}\n");
}

// The libraries come as scripts of their own, so that one check of their hashes is one of what Debian ships.
std::vector<absl::string_view> Scripts() {
  const ReportPageAssets assets = GetReportPageAssets();
  return {assets.d3_script, assets.c3_script, assets.page_script};
}

std::string Head(const ReportDocument& document) {
  const std::string style = StyleOf(document);
  std::string scripts;
  for (absl::string_view script : Scripts()) absl::StrAppend(&scripts, HashSource(script));
  const std::string policy = absl::StrCat("default-src 'none'; script-src", scripts, "; style-src", HashSource(style),
                                          "; base-uri 'none'; form-action 'none'");
  return absl::StrCat(
      "<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"", policy,
      "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
      Element("title", "", absl::StrCat(Escaped(document.title), ", ", absl::FormatCivilTime(document.date))),
      "\n<!--\n", GetReportPageAssets().notices, "-->\n", Element("style", "", style), "\n</head>\n");
}

std::string Heading(const std::string& id, const std::string& title, bool simulated) {
  return absl::StrCat("<h2 id=\"", id, "\">", Escaped(title), simulated ? " <span class=\"tag\">SIMULATED</span>" : "",
                      "</h2>\n");
}

// Words of health are never told apart by their colour alone: each has a word and a mark of its own shape.
std::string HealthClass(const std::string& text) {
  if (text == "on track" || text == "on target" || text == "within") return "health good";
  if (text == "at risk") return "health watch";
  if (text == "off track" || text == "behind" || text == "too low" || text == "too high") return "health bad";
  return "short";
}

std::string CellMarkup(const ReportColumn& column, const ReportCell& cell, bool first) {
  using Kind = ReportColumn::Kind;
  const std::string text = Escaped(CellText(cell));
  std::string classes = "right";
  if (column.kind == Kind::kText) classes = HealthClass(text);
  if (column.kind == Kind::kLongText) classes = "long";
  if (absl::holds_alternative<cell::NoData>(cell)) classes += " none";
  std::string attributes = first ? "scope=\"row\"" : "";
  absl::StrAppend(&attributes, first ? " " : "", "class=\"", classes, "\"");
  return Element(first ? "th" : "td", attributes, text);
}

std::string TableMarkup(const ReportTable& table) {
  std::string head;
  for (const ReportColumn& column : table.columns) {
    if (!column.on_paper) continue;
    const bool text = column.kind == ReportColumn::Kind::kText || column.kind == ReportColumn::Kind::kLongText;
    absl::StrAppend(&head,
                    Element("th", text ? "scope=\"col\"" : "scope=\"col\" class=\"right\"", Escaped(column.heading)));
  }
  std::string body;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const bool total = table.last_row_is_total && row + 1 == table.rows.size();
    std::string cells;
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].on_paper) absl::StrAppend(&cells, CellMarkup(table.columns[i], table.rows[row][i], i == 0));
    }
    absl::StrAppend(&body, Element("tr", total ? "class=\"total\"" : "", cells), "\n");
  }
  return absl::StrCat("<div class=\"scroll\"><table aria-labelledby=\"", table.id, "\">\n<thead><tr>", head,
                      "</tr></thead>\n<tbody>\n", body, "</tbody>\n</table></div>\n");
}

std::string TableSection(const ReportDocument& document, const ReportTable& table) {
  std::string section = Heading(table.id, table.title, document.simulated);
  if (!table.note.empty()) absl::StrAppend(&section, Element("p", "class=\"note\"", Escaped(table.note)), "\n");
  absl::StrAppend(&section, table.rows.empty() ? Element("p", "", "None.") : TableMarkup(table));
  return Element("section", absl::StrCat("aria-labelledby=\"", table.id, "\""), section) + "\n";
}

bool HasValue(const ReportChart& chart) {
  for (const ReportSeries& series : chart.series) {
    for (const auto& value : series.values) {
      if (value) return true;
    }
  }
  return false;
}

std::string ChartElement(const ReportChart& chart) {
  const std::string gaps = GapsOf(chart);
  std::string figure = Element("figcaption", "", Escaped(chart.title));
  if (HasValue(chart)) {
    const std::string said = absl::StrCat(chart.description, gaps.empty() ? "" : absl::StrCat(" No data: ", gaps, "."));
    absl::StrAppend(&figure, "<div class=\"chart\" role=\"img\" id=\"chart-", chart.id, "\" aria-label=\"",
                    Escaped(said), "\"></div>");
    if (!gaps.empty()) absl::StrAppend(&figure, Element("p", "class=\"gaps\"", "No data: " + Escaped(gaps)));
  } else {
    absl::StrAppend(&figure, Element("p", "class=\"none\"", kNoData));
  }
  return Element("figure", absl::StrCat("class=\"", chart.id, "\""), figure) + "\n";
}

std::string ChartsSection(const ReportDocument& document) {
  std::string figures;
  for (const ReportChart& chart : document.charts) absl::StrAppend(&figures, ChartElement(chart));
  return Element("section", "aria-labelledby=\"charts-heading\"",
                 absl::StrCat(Heading("charts-heading", "At a glance", document.simulated),
                              "<noscript><p class=\"note\">The charts need JavaScript. All that they show is in the "
                              "tables.</p></noscript>\n<div id=\"charts\" class=\"charts\" hidden>\n",
                              figures, "</div>\n")) +
         "\n";
}

std::string Header(const ReportDocument& document) {
  std::string header;
  if (document.simulated)
    absl::StrAppend(&header, Element("p", "class=\"notice\" role=\"note\"", kSimulatedNotice), "\n");
  absl::StrAppend(&header, Element("p", "class=\"kicker\"", Escaped(document.kind)), "\n");
  absl::StrAppend(&header, Element("h1", "", Escaped(document.title)), "\n");
  absl::StrAppend(&header, Element("p", "class=\"about\"", Escaped(document.about)), "\n");
  absl::StrAppend(&header, "<dl class=\"highlights\">\n");
  for (const auto& [label, cell] : document.highlights) {
    const bool none = absl::holds_alternative<cell::NoData>(cell);
    const std::string text = CellText(cell);
    const std::string classes = none ? "none" : absl::holds_alternative<std::string>(cell) ? HealthClass(text) : "";
    absl::StrAppend(&header, "<div>", Element("dt", "", Escaped(label)),
                    Element("dd", classes.empty() ? "" : absl::StrCat("class=\"", classes, "\""), Escaped(text)),
                    "</div>\n");
  }
  return Element("header", "", absl::StrCat(header, "</dl>\n")) + "\n";
}

std::string FactsSection(const ReportDocument& document) {
  std::string facts = Heading("facts", "What this report is made from", document.simulated);
  absl::StrAppend(&facts, "<dl class=\"facts\">\n");
  for (const auto& [label, text] : document.facts)
    absl::StrAppend(&facts, Element("dt", "", Escaped(label)), Element("dd", "", Escaped(text)), "\n");
  return Element("section", "aria-labelledby=\"facts\"", absl::StrCat(facts, "</dl>\n")) + "\n";
}

// What the charts are drawn from. Protobuf writes "<" as "\u003c", so that no text of it can end the element.
std::string ChartData(const ReportDocument& document) {
  google::protobuf::Struct data;
  auto& charts = *(*data.mutable_fields())["charts"].mutable_list_value();
  for (const ReportChart& chart : document.charts) {
    auto& fields = *charts.add_values()->mutable_struct_value()->mutable_fields();
    fields["id"].set_string_value(chart.id);
    fields["kind"].set_string_value(chart.kind == ReportChart::Kind::kLines ? "lines" : "bars");
    fields["shares"].set_bool_value(chart.shares);
    auto& categories = *fields["categories"].mutable_list_value();
    for (const std::string& category : chart.categories) categories.add_values()->set_string_value(category);
    auto& all_series = *fields["series"].mutable_list_value();
    for (const ReportSeries& series : chart.series) {
      auto& of_series = *all_series.add_values()->mutable_struct_value()->mutable_fields();
      of_series["name"].set_string_value(series.name);
      auto& values = *of_series["values"].mutable_list_value();
      for (const auto& value : series.values) {
        if (value) {
          values.add_values()->set_number_value(*value);
        } else {
          values.add_values()->set_null_value(google::protobuf::NULL_VALUE);
        }
      }
    }
  }
  return ToJson(data);
}

}  // namespace

std::string FormatHtml(const ReportDocument& document) {
  std::string body = absl::StrCat(Header(document), "<main>\n", ChartsSection(document));
  for (const ReportTable& table : document.tables) absl::StrAppend(&body, TableSection(document, table));
  absl::StrAppend(&body, FactsSection(document), "</main>\n");
  absl::StrAppend(&body, Element("script", "type=\"application/json\" id=\"report-data\"", ChartData(document)), "\n");
  for (absl::string_view script : Scripts()) absl::StrAppend(&body, Element("script", "", script), "\n");
  return absl::StrCat("<!doctype html>\n<html lang=\"en\">\n", Head(document), Element("body", "", "\n" + body),
                      "\n</html>\n");
}

}  // namespace concord::ctl
