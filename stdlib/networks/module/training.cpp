#include "stdlib/networks/module/training.h"

#include "runtime/core/fit_checkpoint.h"
#include "stdlib/networks/module/checkpoint.h"
#include "stdlib/networks/module/random.h"
#include "stdlib/networks/module/rows.h"
#include "stdlib/networks/module/trained_network.h"

#include <ATen/ops/dot.h>
#include <ATen/ops/randperm.h>

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace mlpc::networks {

namespace {

struct Settings {
    explicit Settings(const Json& train)
        : epochs(train.at("epochs")), batch(train.at("batch")), optimiser(train.at("optimiser")), rate(optimiser.at("params").at("rate")) {
        if (!train.at("stop_early").is_null()) {
            patience = train.at("stop_early").get<std::int64_t>();
        }
        if (!train.at("clip").is_null()) {
            clip = train.at("clip").get<double>();
        }
    }
    std::int64_t epochs = 1, batch = 32;
    Json optimiser;
    double rate = 1e-3;
    std::optional<std::int64_t> patience;
    std::optional<double> clip;
};

class Training {
public:
    explicit Training(const TrainingJob& job)
        : job_(job),
          described_(Json::parse(job.network)),
          settings_(described_.at("train")),
          truths_(job.truth.classes != nullptr ? Truths::Classes : Truths::Values),
          rows_(static_cast<std::int64_t>(job.fitted.rows)),
          batches_((rows_ + settings_.batch - 1) / settings_.batch),
          rule_(make_update_rule(settings_.optimiser)),
          schedule_(described_.at("train").at("schedule"), settings_.epochs, batches_),
          loss_(described_.at("train").at("loss"), truths_),
          images_(described_.at("train").at("augment")),
          augmentation_(described_.at("train").at("augment")),
          inputs_(views_of(job.fitted)),
          truth_(views_of(job.truth, job.fitted.rows)),
          held_inputs_(views_of(job.held)),
          held_truth_(views_of(job.held_truth, job.held.rows)),
          network_(std::make_unique<Network>(described_, job.outputs, seed_below(job.seed, "weights"))) {
        if (truth_.weights.defined()) {
            mean_weight_ = truth_.weights.mean(at::kDouble).item<double>();
        }
    }
    std::unique_ptr<TrainedNetwork> run();

private:
    void begin();
    void go_on_from_checkpoint();
    void keep_checkpoint() const;
    double train_epoch(std::int64_t epoch);
    double train_batch(const at::Tensor& positions, std::int64_t epoch, std::int64_t batch);
    at::Tensor batch_loss(std::vector<at::Tensor> inputs, const at::Tensor& positions, Pass&) const;
    at::Tensor weighted(const at::Tensor& losses, const at::Tensor& positions) const;
    double gradient_factor() const;
    void move_weights(double rate);
    void evaluate_held(Epoch&) const;
    void follow_held(const Epoch&);
    void check_cancelled() const;
    void require_finite_weights() const;

    const TrainingJob& job_;
    Json described_;
    Settings settings_;
    Truths truths_;
    std::int64_t rows_, batches_;
    std::unique_ptr<UpdateRule> rule_;
    Schedule schedule_;
    Loss loss_;
    ImageAugmentation images_;
    RowAugmentation augmentation_;
    std::vector<at::Tensor> inputs_;
    TruthViews truth_;
    std::vector<at::Tensor> held_inputs_;
    TruthViews held_truth_;
    double mean_weight_ = 1;
    std::unique_ptr<Network> network_;
    TrainingState state_;
    std::vector<at::Tensor> best_;  // empty: the last are
    std::vector<Epoch> epochs_;
    double rate_ = 0;
};

void Training::begin() {
    state_.slots.resize(network_->weights().size());
    if (job_.earlier == nullptr) {
        go_on_from_checkpoint();
        return;
    }
    const auto* earlier = dynamic_cast<const Trained*>(job_.earlier);
    if (earlier == nullptr || !earlier->state()) {
        throw BackendError("a network that was read from a file does not tell where its training stood");
    }
    state_ = *earlier->state();
    epochs_ = earlier->epochs();
    put_into(network_->weights(), state_.weights);
    if (std::isfinite(state_.best)) {
        best_ = copies_of(earlier->network().weights());
    }
}

void Training::go_on_from_checkpoint() {
    const std::string bytes = job_.checkpoint != nullptr ? job_.checkpoint->kept() : "";
    std::optional<Checkpoint> at = read_checkpoint(bytes, described_, network_->weights());
    if (!at) {
        return;
    }
    state_ = std::move(at->state);
    best_ = std::move(at->best);
    epochs_ = std::move(at->epochs);
    put_into(network_->weights(), state_.weights);
    job_.checkpoint->went_on();
}

void Training::keep_checkpoint() const {
    if (job_.checkpoint != nullptr && job_.checkpoint->is_due()) {
        job_.checkpoint->keep(to_checkpoint(described_, network_->weights(), state_, best_, epochs_));
    }
}

std::unique_ptr<TrainedNetwork> Training::run() {
    begin();
    for (auto epoch = static_cast<std::int64_t>(epochs_.size()); epoch < settings_.epochs && !state_.stopped; ++epoch) {
        const auto started = std::chrono::steady_clock::now();
        network_->epoch_begins(epoch + 1);
        Epoch result{.number = epoch + 1, .train_loss = train_epoch(epoch), .rate = rate_};
        evaluate_held(result);
        follow_held(result);
        schedule_.epoch_ended(job_.held.rows > 0 ? result.held_loss : result.train_loss, state_.schedule);
        result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        epochs_.push_back(result);
        if (job_.epoch_ended != nullptr) {
            (*job_.epoch_ended)(result);
        }
        keep_checkpoint();
    }
    require_finite_weights();
    state_.weights = copies_of(network_->weights());
    if (!best_.empty()) {
        put_into(network_->weights(), best_);
    }
    auto trained = std::make_unique<Trained>(std::move(network_), job_.outputs, truths_);
    trained->set_state(std::move(state_), std::move(epochs_));
    return trained;
}

// Behind the last batch no loss tells of them.
void Training::require_finite_weights() const {
    for (const Weight& weight : network_->weights()) {
        if (weight.tensor.numel() > 0 && !std::isfinite(weight.tensor.detach().abs().max().item<double>())) {
            throw BackendError(fmt::format(
                "the weights are no numbers any more after epoch {}: a smaller `rate`, `clip` or numbers that are scaled help", epochs_.size()));
        }
    }
}

double Training::train_epoch(std::int64_t epoch) {
    const std::uint64_t seed = seed_below(seed_below(job_.seed, "order"), static_cast<std::uint64_t>(epoch));
    const at::Tensor order = at::randperm(rows_, generator_of(seed), at::kLong);
    double sum = 0;
    for (std::int64_t batch = 0; batch < batches_; ++batch) {
        check_cancelled();
        const std::int64_t first = batch * settings_.batch, count = std::min(settings_.batch, rows_ - first);
        sum += train_batch(order.narrow(0, first, count), epoch, batch) * static_cast<double>(count);
    }
    return sum / static_cast<double>(rows_);
}

double Training::train_batch(const at::Tensor& positions, std::int64_t epoch, std::int64_t batch) {
    const std::uint64_t seed = seed_below(seed_below(job_.seed, "batch"), static_cast<std::uint64_t>(epoch));
    Pass pass{.training = true,
              .generator = generator_of(seed_below(seed, static_cast<std::uint64_t>(batch))),
              .augmentation = images_.empty() ? nullptr : &images_};
    const at::Tensor loss = batch_loss(rows_at(inputs_, positions), positions, pass);
    const double value = loss.item<double>();
    if (!std::isfinite(value)) {
        throw BackendError(fmt::format("the loss is {} in batch {} of epoch {}: a smaller `rate`, `clip` or numbers that are scaled help", value,
                                       batch + 1, epoch + 1));
    }
    loss.backward();
    rate_ = settings_.rate * schedule_.factor(epoch, batch, state_.schedule);
    move_weights(rate_);
    return value;
}

at::Tensor Training::batch_loss(std::vector<at::Tensor> inputs, const at::Tensor& positions, Pass& pass) const {
    const RowAugmentation::Mixed mixed = augmentation_.change(inputs, pass.generator);
    const at::Tensor outputs = network_->forward(inputs, pass);
    const at::Tensor loss = weighted(loss_.of_rows(outputs, truth_.truth.index_select(0, positions)), positions);
    if (!mixed.partner.defined()) {
        return loss;
    }
    const at::Tensor partners = positions.index_select(0, mixed.partner);
    return loss * mixed.share + weighted(loss_.of_rows(outputs, truth_.truth.index_select(0, partners)), partners) * (1 - mixed.share);
}

// A row of twice the mean weight counts as two rows do.
at::Tensor Training::weighted(const at::Tensor& losses, const at::Tensor& positions) const {
    if (!truth_.weights.defined()) {
        return losses.mean();
    }
    return at::dot(losses, truth_.weights.index_select(0, positions)) / (static_cast<double>(losses.numel()) * mean_weight_);
}

// As torch.nn.utils.clip_grad_norm_: by the norm of all gradients together.
double Training::gradient_factor() const {
    if (!settings_.clip) {
        return 1;
    }
    double squares = 0;
    for (const Weight& weight : network_->weights()) {
        if (const at::Tensor& gradient = weight.tensor.grad(); gradient.defined()) {
            const double norm = gradient.norm().item<double>();
            squares += norm * norm;
        }
    }
    return std::min(1.0, *settings_.clip / (std::sqrt(squares) + 1e-6));
}

void Training::move_weights(double rate) {
    const at::NoGradGuard no_gradients;
    const double factor = gradient_factor();
    for (std::size_t i = 0; i < network_->weights().size(); ++i) {
        const Weight& weight = network_->weights()[i];
        at::Tensor gradient = weight.tensor.grad();
        if (!gradient.defined()) {
            continue;
        }
        gradient = gradient.contiguous();
        if (factor < 1) {
            gradient.mul_(factor);
        }
        const auto cells = static_cast<std::size_t>(weight.tensor.numel());
        rule_->update({weight.tensor.data_ptr<float>(), cells}, {gradient.data_ptr<float>(), cells}, rate * weight.rate, state_.slots[i]);
        weight.tensor.mutable_grad().reset();
    }
}

void Training::evaluate_held(Epoch& epoch) const {
    if (job_.held.rows == 0) {
        return;
    }
    const at::NoGradGuard no_gradients;
    std::vector<at::Tensor> blocks;
    for_each_block(held_inputs_, job_.held.rows, network_->rows_together(),
                   [&](const std::vector<at::Tensor>& inputs, std::int64_t, std::int64_t count) {
                       check_cancelled();
                       Pass pass;
                       blocks.push_back(network_->forward(inputs, pass).narrow(0, 0, count));
                   });
    const at::Tensor outputs = at::cat(blocks), losses = loss_.of_rows(outputs, held_truth_.truth).to(at::kDouble);
    const at::Tensor weights = held_truth_.weights.defined() ? held_truth_.weights.to(at::kDouble) : at::ones_like(losses);
    epoch.held_loss = (at::dot(losses, weights) / weights.sum()).item<double>();
    if (truths_ == Truths::Classes) {
        epoch.held_score = outputs.argmax(1).eq(held_truth_.truth).to(at::kDouble).mean().item<double>();
        return;
    }
    const at::Tensor truth = held_truth_.truth.to(at::kDouble);
    const double errors = (outputs.squeeze(1).to(at::kDouble) - truth).square().sum().item<double>();
    const double spread = (truth - truth.mean()).square().sum().item<double>();
    epoch.held_score = spread > 0 ? 1 - errors / spread : missing_number;
}

// Keeps the best weights, and stops where they have long not become better.
void Training::follow_held(const Epoch& epoch) {
    if (job_.held.rows == 0) {
        return;
    }
    if (epoch.held_loss < state_.best) {
        state_.best = epoch.held_loss;
        state_.waited = 0;
        best_ = copies_of(network_->weights());
        return;
    }
    ++state_.waited;
    state_.stopped = settings_.patience && state_.waited >= *settings_.patience;
}

void Training::check_cancelled() const {
    if (job_.cancelled != nullptr && job_.cancelled->load(std::memory_order_relaxed)) {
        throw Cancelled();
    }
}

}  // namespace

std::unique_ptr<TrainedNetwork> train_network(const TrainingJob& job) { return Training(job).run(); }

}  // namespace mlpc::networks
