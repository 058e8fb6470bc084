// SPDX-License-Identifier: Apache-2.0
//
// Two more yardsticks in one run: SimHash (Charikar 2002; 64 bits over runs of three words, joined at Hamming distance <= 3 by four
// 16-bit blocks, Manku, Jain, Das Sarma 2007) and TLSH (Oliver, Cheng, Chen 2013; libtlsh, distance <= 30, all pairs).
//
//   c++ -O2 -o hashes tests/bench/duplicates/hashes.cc -ltlsh -lxxhash
//   hashes simhash|tlsh FILE.jsonl OUT.jsonl          reads "id" and "text" of lines without escapes but \n, \", \\ and \u
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>
#include <sys/resource.h>
#include <tlsh.h>
#include <xxhash.h>

static std::string value(const std::string &line, const char *key)
{
    std::string want = std::string("\"") + key + "\"", text;
    size_t at = line.find(want);
    if (at == std::string::npos || (at = line.find('"', line.find(':', at + want.size()))) == std::string::npos)
        return text;
    for (at++; at < line.size() && line[at] != '"'; at++) {
        if (line[at] == '\\' && at + 1 < line.size()) {
            at++;
            text += line[at] == 'n' || line[at] == 'u' ? ' ' : line[at];
        } else {
            text += line[at];
        }
    }
    return text;
}

static std::vector<uint32_t> parent;
static uint32_t root(uint32_t x)
{
    while (parent[x] != x)
        x = parent[x] = parent[parent[x]];
    return x;
}

static uint64_t simhash(const std::string &text)
{
    int sum[64] = {0};
    uint64_t one = 0, two = 0; // the words before
    for (size_t i = 0; i < text.size();) {
        size_t end = text.find_first_of(" \n.,;:!?()\"", i);
        if (end == std::string::npos)
            end = text.size();
        if (end > i) {
            uint64_t word = XXH3_64bits(text.data() + i, end - i), three[3] = {two, one, word};
            uint64_t h = XXH3_64bits(three, sizeof three);
            two = one;
            one = word;
            for (int b = 0; b < 64; b++)
                sum[b] += h >> b & 1 ? 1 : -1;
        }
        i = end + 1;
    }
    uint64_t h = 0;
    for (int b = 0; b < 64; b++)
        h |= (uint64_t)(sum[b] > 0) << b;
    return h;
}

static void by_simhash(const std::vector<std::string> &texts)
{
    std::vector<uint64_t> hash(texts.size());
    std::unordered_multimap<uint64_t, uint32_t> block[4];
    for (uint32_t i = 0; i < texts.size(); i++) {
        hash[i] = simhash(texts[i]);
        for (int b = 0; b < 4; b++) {
            uint64_t key = hash[i] >> 16 * b & 0xffff;
            auto range = block[b].equal_range(key);
            for (auto p = range.first; p != range.second; p++)
                if (__builtin_popcountll(hash[i] ^ hash[p->second]) <= 3)
                    parent[root(i)] = root(p->second);
            block[b].emplace(key, i);
        }
    }
}

static void by_tlsh(const std::vector<std::string> &texts)
{
    std::vector<std::unique_ptr<Tlsh>> hash(texts.size()); // copying one would share what it points to
    for (uint32_t i = 0; i < texts.size(); i++) {
        std::unique_ptr<Tlsh> one(new Tlsh);
        one->final((const unsigned char *)texts[i].data(), (unsigned)texts[i].size());
        if (one->getHash() && *one->getHash()) // a short or dull text has none
            hash[i] = std::move(one);
    }
    for (uint32_t i = 0; i < texts.size(); i++)
        for (uint32_t j = 0; j < i && hash[i]; j++)
            if (hash[j] && hash[i]->totalDiff(hash[j].get()) <= 30)
                parent[root(i)] = root(j);
}

int main(int count, char **word)
{
    if (count != 4)
        return 2;
    std::ifstream in(word[2]);
    std::vector<std::string> ids, texts;
    size_t bytes = 0;
    for (std::string line; std::getline(in, line);) {
        ids.push_back(value(line, "id"));
        texts.push_back(value(line, "text"));
        bytes += texts.back().size();
        parent.push_back((uint32_t)parent.size());
    }
    clock_t start = clock();
    if (!strcmp(word[1], "simhash"))
        by_simhash(texts);
    else
        by_tlsh(texts);
    double spent = (double)(clock() - start) / CLOCKS_PER_SEC;
    std::ofstream out(word[3]);
    for (uint32_t i = 0; i < ids.size(); i++)
        out << "{\"id\": \"" << ids[i] << "\", \"cluster\": \"" << root(i) << "\"}\n";
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    fprintf(stderr, "%s: %zu documents, %.2f s CPU, %.0f documents/s, %.1f MB/s, peak %ld MiB\n", word[1], ids.size(), spent,
            ids.size() / spent, bytes / spent / 1e6, use.ru_maxrss / 1024);
}
