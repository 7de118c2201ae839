"""What PyTorch counts in the networks of layer_counts_test.cpp: run by hand, by a python3 that has torch; its lines are the numbers there."""

from torch import nn


class Residual(nn.Module):
    def __init__(self, chain, shortcut=None):
        super().__init__()
        self.chain, self.shortcut = chain, shortcut


def transformer(channels, heads, hidden):
    return nn.TransformerEncoderLayer(channels, heads, hidden, norm_first=True)


NETWORKS = {
    "dense": nn.Sequential(nn.Linear(30, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU()),
    "dense with batch_norm": nn.Sequential(nn.Linear(13, 100), nn.BatchNorm1d(100), nn.Dropout(), nn.Linear(100, 7)),
    "selu with layer_norm": nn.Sequential(nn.LayerNorm(20), nn.Linear(20, 16), nn.SELU()),
    "small cnn": nn.Sequential(nn.Conv2d(1, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
                               nn.Flatten(), nn.Linear(6 * 6 * 64, 128)),
    "strided, dilated, grouped conv": nn.Sequential(nn.Conv2d(4, 8, 5, stride=2, padding=2), nn.Conv2d(8, 16, 3, dilation=2, groups=4),
                                                    nn.Conv2d(16, 8, 1, bias=False)),
    "conv of a sequence": nn.Sequential(nn.Conv1d(3, 16, 5), nn.GroupNorm(8, 16), nn.Conv1d(16, 4, 2)),
    "depthwise_conv": nn.Sequential(nn.Conv2d(6, 12, 3, groups=6), nn.Conv2d(12, 12, 5, groups=12)),
    "separable_conv": nn.Sequential(nn.Conv2d(6, 6, 3, groups=6, bias=False), nn.Conv2d(6, 20, 1)),
    "embedding of words": nn.Sequential(nn.Embedding(5000, 50, padding_idx=0), nn.Conv1d(50, 100, 3)),
    "lstm": nn.LSTM(10, 32),
    "lstm, two layers, both directions": nn.LSTM(10, 32, num_layers=2, bidirectional=True),
    "gru": nn.Sequential(nn.GRU(8, 20, num_layers=3), nn.GRU(20, 5, bidirectional=True)),
    "attention": transformer(64, 4, 256),
    "attention with feed_forward": transformer(48, 6, 100),
    "residual": Residual(nn.Sequential(nn.Conv2d(16, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
                                       nn.Conv2d(16, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16))),
    "residual with projection": Residual(nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.Conv2d(16, 32, 1, stride=2, bias=False)),
    "parallel": nn.ModuleList([nn.Conv1d(25, 10, k) for k in (3, 4, 5)] + [nn.Linear(30, 8)]),
}

if __name__ == "__main__":
    for name, network in NETWORKS.items():
        print(f"{name}: {sum(p.numel() for p in network.parameters())}")
