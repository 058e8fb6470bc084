#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# Writes the kit's character tables from the Unicode character database that comes with perl:
#     perl plugins/kit/gen/unicode.pl > plugins/kit/unicode_table.c
# Two-stage tries of 64 code points a block; the meaning of the numbers is in plugins/kit/unicode.h.
use strict;
use warnings;
use Unicode::UCD qw(prop_invmap prop_value_aliases);
use Unicode::Normalize qw(NFD);

my $last = 0x10ffff;
# The tables end here: above are only unassigned and private characters, and the ignorable ones of plane 14.
my $top = 0x323ff;

# Values of a property for all code points, as an array of the map's values.
sub spread {
    my ($property) = @_;
    my ($start, $value, $format, $default) = prop_invmap($property);
    my @all;
    for my $i (0 .. $#$start) {
        my $end = $i < $#$start ? $start->[$i + 1] - 1 : $last;
        my $v = $value->[$i];
        for my $c ($start->[$i] .. $end) {
            last if $c > $last;
            # Format "a": numbers count up within a range, but the default's.
            $all[$c] = ref $v ? $default : $format !~ /^a/ || $v eq $default || $v !~ /^-?\d+$/ ? $v
                : $v + $c - $start->[$i];
        }
    }
    return \@all;
}

my $category = spread("General_Category");
my $script = spread("Script");
my $lower = spread("Simple_Lowercase_Mapping");
my $upper = spread("Simple_Uppercase_Mapping");
my $ignorable = spread("Default_Ignorable_Code_Point");
my $space = spread("White_Space");
my $break = spread("Line_Break");
my $numeric = spread("Numeric_Value");

my %spaceless = map { $_ => 1 } qw(Han Hiragana Katakana Bopomofo Thai Lao Khmer Myanmar);
sub ideograph {
    my ($c) = @_;
    return 1 if $spaceless{$script->[$c]} || $break->[$c] =~ /^(SA|Complex_Context)$/;
    return $c == 0x30fc || $c == 0xff70; # the common long vowel mark of the kana
}

# ASSAY_CP_* of fold.h.
sub class {
    my ($c) = @_;
    my $g = $category->[$c];
    return 4 if $space->[$c] =~ /^Y/;
    return 8 if $ignorable->[$c] =~ /^Y/ && $g ne "Cn" || $g eq "Cf";
    return 7 if $g =~ /^(L.|Nl)$/ && ideograph($c);
    return 1 if $g =~ /^(L.|Nl)$/;
    return 2 if $g eq "Nd";
    return 3 if $g =~ /^M/;
    return 5 if $g =~ /^P/;
    return 6 if $g =~ /^S|^No$/;
    return 9 if $g eq "Cc";
    return 0;
}

# Letters of their own that canonically decompose: a mark here is not an accent.
my %whole = map { $_ => 1 } (0x439, 0x457, 0x45e, 0x453, 0x45c);
# Strokes and dots that are accents to a reader, though Unicode does not decompose them.
my %stroke = (0x131 => 0x69, 0x142 => 0x6c, 0xf8 => 0x6f, 0x111 => 0x64, 0x127 => 0x68, 0x2019 => 0x27, 0x17f => 0x73);

sub fold {
    my ($c) = @_;
    return ord("0") + $numeric->[$c] if $category->[$c] eq "Nd";
    return ord("i") if $c == 0x130;
    my $l = $lower->[$c] || $c;
    if ($c >= 0xff01 && $c <= 0xff5e) {
        $l = $c - 0xfee0;
        $l = $lower->[$l] || $l;
    }
    return $stroke{$l} if $stroke{$l};
    return $l if $whole{$l};
    return $l unless $script->[$l] =~ /^(Latin|Greek|Cyrillic)$/;
    my $d = NFD(chr $l);
    my $base = ord $d;
    return $l if length $d < 2 || $script->[$base] ne $script->[$l];
    return $base if $base == $l;
    return fold($base);
}

sub same_plane {
    my ($c, $to) = @_;
    return 0 if !$to || $to == $c;
    die sprintf "U+%04X maps to another plane", $c if $c >> 16 != $to >> 16;
    return $to & 0xffff;
}

sub trie {
    my ($name, $type, $of) = @_;
    my (%seen, @index, @blocks);
    for my $b (0 .. $top >> 6) {
        my @v = map { $of->($_) } $b * 64 .. $b * 64 + 63;
        my $key = join ",", @v;
        if (!defined $seen{$key}) {
            $seen{$key} = scalar @blocks;
            push @blocks, \@v;
        }
        push @index, $seen{$key};
    }
    my $small = @blocks <= 256 ? "uint8_t" : "uint16_t";
    numbers("const $small assay_${name}_block[" . @index . "]", \@index);
    numbers("const $type assay_${name}_value[" . 64 * @blocks . "]", [map { @$_ } @blocks]);
}

sub numbers {
    my ($head, $values) = @_;
    print "$head = {\n";
    my $line = "   ";
    for my $v (@$values) {
        my $item = " $v,";
        if (length($line) + length($item) > 118) {
            print "$line\n";
            $line = "   ";
        }
        $line .= $item;
    }
    print "$line\n};\n";
}

print "/* SPDX-License-Identifier: Apache-2.0 */\n";
print "/* Written by plugins/kit/gen/unicode.pl from Unicode ", Unicode::UCD::UnicodeVersion(), ". Do not edit. */\n";
print "#include \"unicode.h\"\n\n/* clang-format off */\n";

my %short;
for my $s (@$script) {
    next if $short{$s};
    my ($code) = prop_value_aliases("sc", $s);
    $short{$s} = $code;
}
my @names = grep { !/^(Zyyy|Zinh|Zzzz)$/ } sort values %short;
my %number = map { $names[$_] => $_ + 1 } 0 .. $#names;
printf "const uint32_t assay_scripts = %d;\n", scalar(@names) + 1;
print "const char assay_script_names[][5] = {\n    \"Zyyy\",\n";
print "    \"$_\",\n" for @names;
print "};\n";

for my $c ($top + 1 .. $last) {
    my $k = class($c);
    die sprintf "U+%04X is above the tables", $c if $k != ($c >> 12 == 0xe0 && $k ? 8 : 0);
}
trie("prop", "uint16_t", sub {
    my ($c) = @_;
    my $k = class($c);
    my $g = $category->[$c];
    my $digit = $k == 2 ? $numeric->[$c] : 0;
    return $k | ($g eq "Lu" || $g eq "Lt" ? 16 : 0) | $digit << 8;
});
trie("script", "uint8_t", sub { $number{$short{$script->[$_[0]]}} || 0 });
trie("lower", "uint16_t", sub { same_plane($_[0], $_[0] == 0x130 ? 0x69 : $lower->[$_[0]]) });
trie("upper", "uint16_t", sub { same_plane($_[0], $upper->[$_[0]]) });
# Decimal digits of other planes fold to ASCII: their value has another range than a target in their own plane.
trie("fold", "uint16_t", sub {
    my ($c) = @_;
    my $to = fold($c);
    return 0 if $to == $c;
    return $to if $c > 0xffff && $to < 0x80;
    die sprintf "U+%04X", $c if $c > 0xffff && ($to & 0xffff) < 0x80;
    return same_plane($c, $to);
});
