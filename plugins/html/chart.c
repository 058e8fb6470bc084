/* SPDX-License-Identifier: Apache-2.0 */
#include "chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/say.h>
#include <assay/layers/claim.h>

#define ROW 40    /* pixels a value takes */
#define DOTS 12u  /* drawn; more are said */
#define TICKS 8u

struct axis {
    double from, to; /* of the scaled value */
    int log;
};

/* Of a positive number, by the series of the inverse hyperbolic tangent: the C library's logarithm may differ in its
 * last digit from one processor to the next, and pages have to be the same byte for byte. */
static double decimal_log(double v)
{
    int e;
    double m = frexp(v, &e), y = (m - 1) / (m + 1), square = y * y, sum = 0;
    for (int k = 41; k > 0; k -= 2)
        sum = sum * square + 1.0 / k;
    return (2 * y * sum + e * 0.693147180559945309) / 2.302585092994045684;
}

static double power_of_ten(double exponent)
{
    double p = 1;
    for (int i = 0; i < 330 && i < fabs(exponent); i++)
        p *= 10;
    return exponent < 0 ? 1 / p : p;
}

static double scaled(const struct axis *a, double v)
{
    return a->log ? decimal_log(v) : v;
}

/* 0 at the axis' begin to 1 at its end; in the middle of one without length. */
static double share_of(const struct axis *a, double v)
{
    double span = a->to - a->from;
    double p = span > 0 ? (scaled(a, v) - a->from) / span : 0.5;
    return p < 0 ? 0 : p > 1 ? 1 : p;
}

/* Percent of the width: what stands beside a dot at either end still fits. */
static double place(const struct axis *a, double v)
{
    return 6 + 88 * share_of(a, v);
}

static struct axis make_axis(double least, double most)
{
    struct axis a = {.log = least > 0 && most / least >= 20};
    a.from = scaled(&a, least);
    a.to = scaled(&a, most);
    double pad = (a.to - a.from) * 0.06;
    if (!(pad > 0))
        pad = fabs(a.from) > 0 ? fabs(a.from) * 0.1 : 1;
    a.from -= pad;
    a.to += pad;
    return a;
}

/* Round values inside the axis: steps of 1, 2 or 5 times a power of ten, or the powers themselves. */
static uint32_t make_ticks(const struct axis *a, double *tick)
{
    uint32_t n = 0;
    if (a->log) {
        for (double e = ceil(a->from); e <= a->to && n < TICKS; e++)
            tick[n++] = power_of_ten(e);
        return n;
    }
    double step = power_of_ten(floor(decimal_log((a->to - a->from) / 2)));
    double count = (a->to - a->from) / step;
    step *= count > 10 ? 5 : count > 4 ? 2 : 1;
    for (double v = ceil(a->from / step); v * step <= a->to && n < TICKS; v++)
        tick[n++] = v * step;
    return n;
}

/* Nine digits are enough for a tick, and free it from the noise of the steps. */
static double rounded(double v)
{
    if (v == 0)
        return 0;
    double p = power_of_ten(8 - floor(decimal_log(fabs(v))));
    return isfinite(p) && p > 0 ? round(v * p) / p : v;
}

static const char *anchor(double percent)
{
    return percent < 25 ? "start" : percent > 75 ? "end" : "middle";
}

static void draw_axis(struct markup *m, const struct axis *a, int height)
{
    double tick[TICKS];
    uint32_t n = make_ticks(a, tick);
    struct assay_buf piece = {0};
    for (uint32_t i = 0; i < n; i++) {
        double x = place(a, tick[i]);
        markup_form(
            m,
            "<line class=grid x1=\"%.1f%%\" x2=\"%.1f%%\" y1=4 y2=%d /><text class=tick x=\"%.1f%%\" y=%d text-anchor=%s>",
            x, x, height - 18, x, height - 4, anchor(x));
        assay_say_number(&piece, rounded(tick[i]));
        markup_piece(m, &piece);
        markup_raw(m, "</text>");
    }
    assay_buf_free(&piece);
}

/* What the bound leaves open, as a bar. */
static void draw_bound(struct markup *m, const struct axis *a, const struct chart_value *v, double x, int y)
{
    double x1 = x, x2 = x;
    switch (v->bound) {
    case ASSAY_BOUND_ABOUT:
        x1 = place(a, v->value * 0.95);
        x2 = place(a, v->value * 1.05);
        break;
    case ASSAY_BOUND_OVER:
    case ASSAY_BOUND_AT_LEAST:
        x2 = 99;
        break;
    case ASSAY_BOUND_UNDER:
    case ASSAY_BOUND_AT_MOST:
        x1 = 1;
        break;
    case ASSAY_BOUND_RANGE:
        x2 = place(a, v->high);
        break;
    default:
        return;
    }
    markup_form(m, "<line class=\"bar b%u\" x1=\"%.1f%%\" x2=\"%.1f%%\" y1=%d y2=%d />", v->bound, x1, x2, y, y);
    if (x2 == 99)
        markup_form(m, "<svg x=\"99%%\" y=%d overflow=visible><path class=head d=\"M-6 -4L0 0L-6 4\"/></svg>", y);
    if (x1 == 1)
        markup_form(m, "<svg x=\"1%%\" y=%d overflow=visible><path class=head d=\"M6 -4L0 0L6 4\"/></svg>", y);
}

/* A dot a source; copies hollow. */
static void draw_dots(struct markup *m, const struct chart_value *v, double x, int y)
{
    uint32_t full = v->independent < DOTS ? v->independent : DOTS;
    uint32_t hollow = v->copies < DOTS - full ? v->copies : DOTS - full;
    int step = x > 75 ? -11 : 11;
    if (full + hollow == 1) {
        markup_form(m, "<circle%s cx=\"%.1f%%\" cy=%d r=4.5 />", full ? "" : " class=copy", x, y);
        return;
    }
    markup_form(m, "<svg x=\"%.1f%%\" y=%d overflow=visible>", x, y);
    if (full)
        markup_raw(m, "<path class=dots d=\"");
    for (uint32_t i = 0; i < full; i++)
        markup_form(m, "M%d 0h0", (int)i * step);
    markup_raw(m, full ? "\"/>" : "");
    for (uint32_t i = full; i < full + hollow; i++)
        markup_form(m, "<circle class=copy cx=%d cy=0 r=4.5 />", (int)i * step);
    markup_raw(m, "</svg>");
}

void chart_line(struct markup *m, const struct chart_value *value, uint32_t count)
{
    double least = 0, most = 0;
    int any = 0;
    for (uint32_t i = 0; i < count; i++) {
        double high = value[i].bound == ASSAY_BOUND_RANGE ? value[i].high : value[i].value;
        if (!isfinite(value[i].value) || !isfinite(high))
            continue;
        least = any && least < value[i].value ? least : value[i].value;
        most = any && most > high ? most : high;
        any = 1;
    }
    if (!any)
        return;
    struct axis a = make_axis(least, most);
    struct assay_buf piece = {0};
    int height = (int)count * ROW + 24;
    markup_form(m, "<figure class=line><svg width=\"100%%\" height=%d role=img aria-label=\"", height);
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            assay_buf_text(&piece, "; ");
        assay_say_value(&piece, value[i].value, value[i].high, value[i].bound, value[i].unit);
    }
    markup_piece(m, &piece);
    markup_raw(m, "\">");
    draw_axis(m, &a, height);
    for (uint32_t i = 0; i < count; i++) {
        if (!isfinite(value[i].value))
            continue;
        double x = place(&a, value[i].value);
        int y = (int)i * ROW + 28;
        markup_form(m, "<g class=c%u><text class=lab x=\"%.1f%%\" y=%d text-anchor=%s>", i % 6, x, y - 12, anchor(x));
        assay_say_value(&piece, value[i].value, value[i].high, value[i].bound, value[i].unit);
        markup_piece(m, &piece);
        markup_raw(m, "</text>");
        draw_bound(m, &a, &value[i], x, y);
        draw_dots(m, &value[i], x, y);
        markup_raw(m, "</g>");
    }
    markup_form(m, "</svg><figcaption>Each dot is an independent source; hollow dots are texts that depend on "
                "one.%s</figcaption></figure>",
                a.log ? " The scale is logarithmic." : "");
    assay_buf_free(&piece);
}

static int point_before(const struct chart_point *a, const struct chart_point *b)
{
    if (a->day != b->day)
        return a->day < b->day;
    if (a->value < b->value || b->value < a->value)
        return a->value < b->value;
    return a->series < b->series;
}

static uint32_t sort_points(struct chart_point *p, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 1; i < count; i++) {
        struct chart_point x = p[i];
        uint32_t k = i;
        for (; k > 0 && point_before(&x, &p[k - 1]); k--)
            p[k] = p[k - 1];
        p[k] = x;
    }
    for (uint32_t i = 0; i < count; i++)
        if (!kept || point_before(&p[kept - 1], &p[i]))
            p[kept++] = p[i];
    return kept;
}

void chart_time(struct markup *m, struct chart_point *p, uint32_t count, uint32_t least_days)
{
    enum { TOP = 22, HIGH = 64, HEIGHT = 112 };
    count = sort_points(p, count);
    uint32_t days = count > 0;
    for (uint32_t i = 1; i < count; i++)
        days += p[i].day != p[i - 1].day;
    if (days < least_days)
        return;
    double least = p[0].value, most = p[0].value;
    for (uint32_t i = 1; i < count; i++) {
        least = p[i].value < least ? p[i].value : least;
        most = p[i].value > most ? p[i].value : most;
    }
    struct axis y = {.from = least, .to = most};
    struct axis x = {.from = (double)p[0].day, .to = (double)p[count - 1].day};
    struct assay_buf piece = {0};
    markup_form(
        m, "<figure class=time><svg width=\"100%%\" height=%d role=img aria-label=\"values by date of publication\">",
        HEIGHT);
    markup_form(m, "<line class=grid x1=0 x2=\"100%%\" y1=%d y2=%d />", HEIGHT - 20, HEIGHT - 20);
    double label_at = -100, label_top = -100;
    for (uint32_t i = 0; i < count; i++) {
        double at = place(&x, (double)p[i].day);
        int top = TOP + (int)((1 - share_of(&y, p[i].value)) * HIGH);
        markup_form(m, "<circle class=c%u cx=\"%.1f%%\" cy=%d r=4.5 />", p[i].series % 6, at, top);
        int covered = fabs(at - label_at) < 14 && fabs(top - label_top) < 14;
        if (!covered && (!i || p[i - 1].series != p[i].series || i == count - 1)) {
            label_at = at;
            label_top = top;
            markup_form(m, "<text class=\"lab c%u\" x=\"%.1f%%\" y=%d text-anchor=%s>", p[i].series % 6, at, top - 9,
                        anchor(at));
            assay_say_number(&piece, p[i].value);
            markup_piece(m, &piece);
            markup_raw(m, "</text>");
        }
        if (i == 0 || i == count - 1) {
            markup_form(m, "<text class=tick x=\"%.1f%%\" y=%d text-anchor=%s>", at, HEIGHT - 5, anchor(at));
            markup_clipped(m, p[i].date, 10);
            markup_raw(m, "</text>");
        }
    }
    markup_raw(m, "</svg><figcaption>The values by date of publication.</figcaption></figure>");
    assay_buf_free(&piece);
}

void chart_bar(struct markup *m, double share)
{
    double width = share > 0 ? share < 1 ? share * 100 : 100 : 0;
    markup_form(
        m,
        "<svg class=share width=\"100%%\" height=10 aria-hidden=true><rect class=all width=\"100%%\" height=10 rx=2 />"
        "<rect width=\"%.1f%%\" height=10 rx=2 /></svg>",
        width);
}
