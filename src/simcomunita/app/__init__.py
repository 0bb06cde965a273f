"""The workshop's page: levers, links, questions and the answers that stand behind them."""
