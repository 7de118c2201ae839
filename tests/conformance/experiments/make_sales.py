#!/usr/bin/env python3
"""Writes sales.csv: four stores, five months, days in no order; units follow the week before, the price and the weekday."""

import datetime
import random

random.seed(11)
start = datetime.date(2024, 1, 1)
rows = []
for number, store in enumerate(["harbour", "market", "station", "airport"]):
    level, before = 60 + 15 * number, []
    for day in range(70):
        price = round(random.uniform(2, 5), 2)
        earlier = before[-7] if len(before) >= 7 else level
        units = max(0, round(0.5 * earlier + 0.5 * level - 6 * price + (12 if day % 7 >= 5 else 0) + random.gauss(0, 4), 1))
        before.append(units)
        closed = random.random() < 0.06
        rows.append((start + datetime.timedelta(days=2 * day), store, price, "" if random.random() < 0.05 else random.choice(["sun", "rain", "cloud"]),
                     "yes" if closed else "no", units))
random.shuffle(rows)
with open("sales.csv", "w", encoding="utf-8") as file:
    file.write("day,store,price,weather,closed,units\n")
    for row in rows:
        file.write(",".join(str(cell) for cell in row) + "\n")
