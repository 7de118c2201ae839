#include "stdlib/steps/text_terms.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <mutex>
#include <numeric>
#include <unordered_map>

namespace mlpc::text {

namespace {

using NodeIndex = std::uint32_t;
constexpr NodeIndex root = 0;

// All runs of units as paths from the root: a node is its parent's run and one unit more.
class Trie {
public:
    NodeIndex child(NodeIndex parent, std::uint32_t unit) {
        if (2 * keys_.size() >= slots_.size()) {
            grow();
        }
        const std::uint64_t key = std::uint64_t{parent} << 32 | unit;
        NodeIndex& slot = slots_[find(key)];
        if (slot == root) {
            slot = static_cast<NodeIndex>(keys_.size());
            keys_.push_back(key);
        }
        return slot;
    }
    std::size_t size() const { return keys_.size(); }
    NodeIndex parent(NodeIndex node) const { return static_cast<NodeIndex>(keys_[node] >> 32); }
    std::uint32_t unit(NodeIndex node) const { return static_cast<std::uint32_t>(keys_[node]); }

private:
    // Where the key stands, or the free slot for it.
    std::size_t find(std::uint64_t key) const {
        const std::size_t mask = slots_.size() - 1;
        std::uint64_t hash = key * 0x9E3779B97F4A7C15U;
        std::size_t at = (hash ^ hash >> 32) & mask;
        while (slots_[at] != root && keys_[slots_[at]] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }
    void grow() {
        slots_.assign(2 * slots_.size(), root);
        for (NodeIndex node = 1; node < keys_.size(); ++node) {
            slots_[find(keys_[node])] = node;
        }
    }
    std::vector<std::uint64_t> keys_{0};  // by node
    std::vector<NodeIndex> slots_ = std::vector<NodeIndex>(1024, root);
};

// The units of texts: words by number, or characters by themselves.
class Units {
public:
    std::uint32_t number_of(std::string_view word) {
        const auto known = numbers_.find(word);
        if (known != numbers_.end()) {
            return known->second;
        }
        const auto number = static_cast<std::uint32_t>(words_.size());
        words_.push_back(std::make_unique<std::string>(word));
        numbers_.emplace(*words_.back(), number);
        return number;
    }
    const std::string& word(std::uint32_t number) const { return *words_[number]; }
    // By number, the position among the sorted words.
    std::vector<std::uint32_t> ranks() const {
        std::vector<std::uint32_t> order(words_.size()), rank(words_.size());
        std::iota(order.begin(), order.end(), 0U);
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return *words_[a] < *words_[b]; });
        for (std::uint32_t position = 0; position < order.size(); ++position) {
            rank[order[position]] = position;
        }
        return rank;
    }

private:
    std::vector<std::unique_ptr<std::string>> words_;  // where a text lies must not change
    std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

void append_utf8(char32_t c, std::string& out) {
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (c < 0x80) {
        put(c);
        return;
    }
    if (c < 0x800) {
        put(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            put(0xE0 | c >> 12);
        } else {
            put(0xF0 | c >> 18);
            put(0x80 | (c >> 12 & 0x3F));
        }
        put(0x80 | (c >> 6 & 0x3F));
    }
    put(0x80 | (c & 0x3F));
}

class TermCounter {
public:
    explicit TermCounter(const Analysis& analysis) : analysis_(analysis) {}

    void add(const std::string& text) {
        const std::string clean = prepared(text, analysis_);
        if (analysis_.counts_characters()) {
            for (const std::u32string& word : padded_words_in(clean)) {
                run_.assign(word.begin(), word.end());
                count_runs();
            }
        } else {
            run_.clear();
            for (const std::string_view word : words_in(clean, analysis_)) {
                run_.push_back(units_.number_of(word));
            }
            count_runs();
        }
        for (const NodeIndex node : touched_) {
            nodes_.push_back(node);
            node_counts_.push_back(std::exchange(counts_[node], 0));
        }
        touched_.clear();
        offsets_.push_back(nodes_.size());
    }

    Terms finish() {
        Terms terms;
        const std::vector<std::uint32_t> ids = spell(terms.spellings);
        terms.offsets = std::move(offsets_);
        terms.ids.resize(nodes_.size());
        terms.counts.resize(nodes_.size());
        std::vector<std::pair<std::uint32_t, std::uint32_t>> of_text;
        for (std::size_t text = 0; text + 1 < terms.offsets.size(); ++text) {
            of_text.clear();
            for (std::uint64_t i = terms.offsets[text]; i < terms.offsets[text + 1]; ++i) {
                of_text.emplace_back(ids[nodes_[i]], node_counts_[i]);
            }
            std::sort(of_text.begin(), of_text.end());
            std::uint64_t i = terms.offsets[text];
            for (const auto& [id, count] : of_text) {
                terms.ids[i] = id;
                terms.counts[i++] = count;
            }
        }
        return terms;
    }

private:
    // Counts the runs of all lengths asked for in run_. A word with fewer characters than the shortest counts once as a whole.
    void count_runs() {
        ends_.assign(run_.size(), root);
        for (std::size_t length = 1; length <= analysis_.most() && length <= run_.size(); ++length) {
            const bool is_short_word = analysis_.counts_characters() && length == run_.size();
            for (std::size_t begin = 0; begin + length <= run_.size(); ++begin) {
                ends_[begin] = trie_.child(ends_[begin], run_[begin + length - 1]);
                if (length >= analysis_.least() || is_short_word) {
                    count(ends_[begin]);
                }
            }
        }
    }
    void count(NodeIndex node) {
        if (node >= counts_.size()) {
            counts_.resize(std::max<std::size_t>(node + 1, 2 * counts_.size()));
            is_term_.resize(counts_.size());
        }
        if (counts_[node]++ == 0) {
            touched_.push_back(node);
        }
        is_term_[node] = true;
    }
    // The spellings of all terms in order; returns the position of each node's. A blank sorts before every character of a word: runs are in
    // order where their paths are taken in the order of the units.
    std::vector<std::uint32_t> spell(Levels& spellings) const {
        const std::vector<std::uint32_t> rank = analysis_.counts_characters() ? std::vector<std::uint32_t>() : units_.ranks();
        const auto rank_of = [&](NodeIndex node) { return rank.empty() ? trie_.unit(node) : rank[trie_.unit(node)]; };
        // Children of a parent side by side, the last in order first: they leave a stack from behind.
        std::vector<std::pair<std::uint64_t, NodeIndex>> children;
        for (NodeIndex node = 1; node < trie_.size(); ++node) {
            children.emplace_back(std::uint64_t{trie_.parent(node)} << 32 | (0xFFFFFFFFU - rank_of(node)), node);
        }
        std::sort(children.begin(), children.end());
        std::vector<std::size_t> first_child(trie_.size() + 1, 0);
        for (const auto& [key, node] : children) {
            ++first_child[trie_.parent(node) + 1];
        }
        std::partial_sum(first_child.begin(), first_child.end(), first_child.begin());

        std::vector<std::uint32_t> ids(trie_.size());
        std::vector<std::pair<NodeIndex, std::size_t>> open{{root, 0}};  // with the length of its parent's spelling
        std::string spelling;
        while (!open.empty()) {
            const auto [node, length] = open.back();
            open.pop_back();
            spelling.resize(length);
            append_unit(node, spelling);
            if (node < is_term_.size() && is_term_[node]) {
                ids[node] = static_cast<std::uint32_t>(spellings.size());
                spellings.push_back(spelling);
            }
            for (std::size_t i = first_child[node]; i < first_child[node + 1]; ++i) {
                open.emplace_back(children[i].second, spelling.size());
            }
        }
        return ids;
    }
    void append_unit(NodeIndex node, std::string& spelling) const {
        if (node == root) {
            return;
        }
        if (analysis_.counts_characters()) {
            append_utf8(trie_.unit(node), spelling);
            return;
        }
        if (trie_.parent(node) != root) {
            spelling += ' ';
        }
        spelling += units_.word(trie_.unit(node));
    }

    const Analysis& analysis_;
    Trie trie_;
    Units units_;
    std::vector<std::uint32_t> run_;
    std::vector<NodeIndex> ends_;        // by beginning, the run of the present length
    std::vector<std::uint32_t> counts_;  // by node, of the present text
    std::vector<bool> is_term_;          // by node
    std::vector<NodeIndex> touched_;     // nodes with a count
    std::vector<std::uint64_t> offsets_{0};
    std::vector<NodeIndex> nodes_;
    std::vector<std::uint32_t> node_counts_;
};

// A place of its own for each dictionary: folds are views, which share the dictionary and nothing else.
class TermStore {
public:
    std::shared_ptr<const Terms> get(const std::shared_ptr<const Levels>& texts, const Analysis& analysis) {
        const std::shared_ptr<Made> made = place_of(texts, analysis.to_string());
        std::call_once(made->once, [&] {
            TermCounter counter(analysis);
            for (const std::string& text : *texts) {
                counter.add(text);
            }
            made->terms = std::make_shared<const Terms>(counter.finish());
        });
        return made->terms;
    }

private:
    struct Made {
        std::once_flag once;
        std::shared_ptr<const Terms> terms;
    };
    struct Place {
        std::weak_ptr<const Levels> texts;
        std::map<std::string, std::shared_ptr<Made>> by_analysis;
    };
    std::shared_ptr<Made> place_of(const std::shared_ptr<const Levels>& texts, const std::string& analysis) {
        const std::lock_guard lock(mutex_);
        // Before a new dictionary can be taken for one that was freed at the same address.
        std::erase_if(places_, [](const auto& place) { return place.second.texts.expired(); });
        Place& place = places_[texts.get()];
        place.texts = texts;
        std::shared_ptr<Made>& made = place.by_analysis[analysis];
        if (made == nullptr) {
            made = std::make_shared<Made>();
        }
        return made;
    }
    std::mutex mutex_;
    std::map<const Levels*, Place> places_;
};

}  // namespace

std::shared_ptr<const Terms> terms_of(const std::shared_ptr<const Levels>& texts, const Analysis& analysis) {
    static TermStore store;
    return store.get(texts, analysis);
}

}  // namespace mlpc::text
