#include "docs/dot.h"

#include <string.h>

#include "docs/place.h"
#include "model/markdown.h"

/* Text between tags, and in a string outside of them. */
static void put_text(FILE *out, const char *text)
{
    const char *shown = NULL;
    size_t length = 0;

    while (*text) {
        text += markdown_character(text, &shown, &length);
        if (length == 1 && strchr("&<>\"'\\[]", *shown))
            fprintf(out, "&#%d;", *shown);
        else
            fwrite(shown, 1, length, out);
    }
}

/* The left cell of a column's row, where what refers to another is, or the right one, where what is
 * referred to is. */
static void put_port(FILE *out, const char *side, const char *column)
{
    fputc('"', out);
    markdown_anchor(out, side, column);
    fputc('"', out);
}

static void put_node(FILE *out, const FactsObject *object)
{
    fputc('"', out);
    place_anchor(out, object);
    fputc('"', out);
}

static void put_columns(FILE *out, const FactsObject *object)
{
    for (size_t i = 0; i < object->column_count; i++) {
        const FactsColumn *column = &object->columns[i];

        fputs("\n      <TR><TD ALIGN=\"LEFT\" PORT=", out);
        put_port(out, "l", column->name);
        fputs(column->primary ? "><B>" : column->foreign ? "><I>" : ">", out);
        put_text(out, *column->name ? column->name : " ");
        fputs(column->primary ? "</B>" : column->foreign ? "</I>" : "", out);
        fputs("</TD><TD ALIGN=\"LEFT\" PORT=", out);
        put_port(out, "r", column->name);
        fputs("><FONT COLOR=\"#64748b\">", out);
        put_text(out, *column->type ? column->type : " ");
        fputs(object->kind == KIND_TABLE && !column->not_null ? "?</FONT></TD></TR>"
                                                              : "</FONT></TD></TR>",
              out);
    }
}

static void put_relation(FILE *out, const FactsObject *object)
{
    bool view = object->kind == KIND_VIEW;

    fputs("    ", out);
    put_node(out, object);
    fprintf(out,
            " [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" CELLPADDING=\"4\" "
            "COLOR=\"#94a3b8\" BGCOLOR=\"#ffffff\"%s>"
            "<TR><TD COLSPAN=\"2\" BGCOLOR=\"%s\"><B>",
            view ? " STYLE=\"DASHED\"" : "", view ? "#e0f2fe" : "#e2e8f0");
    put_text(out, object->name);
    fputs("</B></TD></TR>", out);
    put_columns(out, object);
    fputs("</TABLE>>]\n", out);
}

/* From the column that is referred to, so that it stands on the left, to the one that refers; a
 * fork where many rows may refer to one, a ring where there may be none. */
static void put_key(FILE *out, const FactsKey *key)
{
    if (!key->to)
        return;
    fputs("  ", out);
    put_node(out, key->to);
    if (key->reference_count) {
        fputc(':', out);
        put_port(out, "r", key->references[0]);
        fputs(":e", out);
    }
    fputs(" -> ", out);
    put_node(out, key->from);
    if (key->count) {
        fputc(':', out);
        put_port(out, "l", key->columns[0]);
        fputs(":w", out);
    }
    fprintf(out, " [arrowtail=%s, arrowhead=%s, tooltip=\"", key->optional ? "teeodot" : "teetee",
            key->single ? "teeodot" : "crowodot");
    put_text(out, key->name);
    fputs("\"]\n", out);
}

static void put_cluster(const Facts *facts, const FactsObject *schema, FILE *out)
{
    FactsRun tables = facts_run(facts, schema->schema, KIND_TABLE);
    FactsRun views = facts_run(facts, schema->schema, KIND_VIEW);

    fputs("  subgraph \"cluster_", out);
    place_anchor(out, schema);
    fputs("\" {\n    label=\"", out);
    put_text(out, schema->name);
    fputs("\"\n", out);
    for (size_t i = 0; i < tables.count; i++)
        put_relation(out, &tables.first[i]);
    for (size_t i = 0; i < views.count; i++)
        put_relation(out, &views.first[i]);
    fputs("  }\n", out);
}

bool dot_write(const Facts *facts, const char *title, FILE *out, Err *err)
{
    (void)err;
    /* The arrows are declared first: Graphviz 2.42 mixes attributes up where it lays edges between
     * neighbours of one rank. */
    fputs("digraph schema {\n  label=\"", out);
    put_text(out, title ? title : "Database schema");
    fputs("\"\n  charset=\"UTF-8\"\n  labelloc=t\n  rankdir=LR\n  fontname=\"Helvetica\"\n"
          "  color=\"#cbd5e1\"\n  node [shape=plain, fontname=\"Helvetica\", fontsize=10]\n"
          "  edge [arrowhead=normal, arrowtail=normal, dir=both, color=\"#475569\"]\n",
          out);
    for (size_t i = 0; i < facts->count; i++)
        if (facts->objects[i].kind == KIND_SCHEMA)
            put_cluster(facts, &facts->objects[i], out);
    for (size_t i = 0; i < facts->count; i++) {
        const FactsObject *object = &facts->objects[i];

        for (size_t j = 0; j < object->key_count; j++)
            put_key(out, &object->keys[j]);
        for (size_t j = 0; j < object->read_count; j++) {
            fputs("  ", out);
            put_node(out, object->reads[j]);
            fputs(" -> ", out);
            put_node(out, object);
            fputs(" [style=dashed, arrowtail=none, arrowhead=open]\n", out);
        }
    }
    fputs("}\n", out);
    return true;
}
